package dev.freezeframe.rehearsal.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Two clients of one table: ours answers what the one of DynamoDB Local answers. */
class LocalDynamoTest {
  private static final Map<String, AttributeValue> EVERY_TYPE =
      Map.of(
          "text", AttributeValue.fromS("a \"word\", é"),
          "number", AttributeValue.fromN("-12.5"),
          "bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")),
          "yes", AttributeValue.fromBool(true),
          "nothing", AttributeValue.fromNul(true),
          "words", AttributeValue.fromSs(List.of("a", "b")),
          "numbers", AttributeValue.fromNs(List.of("1", "2")),
          "list",
              AttributeValue.fromL(List.of(AttributeValue.fromS("x"), AttributeValue.fromN("1"))),
          "none", AttributeValue.fromL(List.of()),
          "map", AttributeValue.fromM(Map.of("inner", AttributeValue.fromM(Map.of()))));

  private final AmazonDynamoDBLocal local = DynamoDBEmbedded.create(true);
  private final DynamoDbClient ours = new LocalDynamo(local);
  private final DynamoDbClient theirs = local.dynamoDbClient();

  @BeforeEach
  void createTable() {
    ours.createTable(
        r ->
            r.tableName("table")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("group", KeyType.HASH), key("number", KeyType.RANGE))
                .attributeDefinitions(
                    attribute("group", ScalarAttributeType.S),
                    attribute("number", ScalarAttributeType.N)));
  }

  @AfterEach
  void close() {
    ours.close();
  }

  @Test
  void anItemOfEveryTypeIsTheSameHoweverItIsWrittenAndRead() {
    ours.putItem(r -> r.tableName("table").item(item(1)));
    theirs.putItem(r -> r.tableName("table").item(item(2)));

    assertThat(find(ours, 1)).isEqualTo(find(theirs, 1)).isEqualTo(item(1));
    assertThat(find(ours, 2)).isEqualTo(find(theirs, 2)).isEqualTo(item(2));
  }

  @Test
  void whatIsNotThereIsNotThere() {
    assertThat(ours.getItem(r -> r.tableName("table").key(keyOf(7))).hasItem()).isFalse();
  }

  @Test
  void aQueryGivesItsPagesInOrder() {
    fill(5);

    for (DynamoDbClient client : List.of(ours, theirs)) {
      var page =
          client.query(
              r ->
                  r.tableName("table")
                      .keyConditionExpression("#group = :group and #number > :least")
                      .expressionAttributeNames(Map.of("#group", "group", "#number", "number"))
                      .expressionAttributeValues(
                          Map.of(
                              ":group", AttributeValue.fromS("g"),
                              ":least", AttributeValue.fromN("1")))
                      .scanIndexForward(false)
                      .limit(2)
                      .consistentRead(true));
      assertThat(page.items()).containsExactly(item(5), item(4));
      assertThat(page.count()).isEqualTo(2);
      assertThat(page.lastEvaluatedKey()).isEqualTo(keyOf(4));

      var all =
          client.queryPaginator(
              r ->
                  r.tableName("table")
                      .keyConditionExpression("#group = :group")
                      .expressionAttributeNames(Map.of("#group", "group"))
                      .expressionAttributeValues(Map.of(":group", AttributeValue.fromS("g")))
                      .limit(2));
      assertThat(all.items()).containsExactly(item(1), item(2), item(3), item(4), item(5));
    }
  }

  @Test
  void aBatchAndAScanFindAllThatIsThere() {
    fill(3);
    var wanted =
        Map.of(
            "table",
            KeysAndAttributes.builder()
                .keys(List.of(keyOf(1), keyOf(3), keyOf(9)))
                .consistentRead(true)
                .build());

    for (DynamoDbClient client : List.of(ours, theirs)) {
      assertThat(client.batchGetItem(r -> r.requestItems(wanted)).responses().get("table"))
          .containsExactlyInAnyOrder(item(1), item(3));
      assertThat(client.batchGetItemPaginator(r -> r.requestItems(wanted))).hasSize(1);
      assertThat(client.scanPaginator(r -> r.tableName("table").limit(1)).items())
          .containsExactlyInAnyOrder(item(1), item(2), item(3));
    }
  }

  @Test
  void anUpdateIsMade() {
    fill(2);
    change(ours, 1);
    change(theirs, 2);

    assertThat(find(theirs, 1).get("text").s()).isEqualTo("new");
    assertThat(find(ours, 2).get("text").s()).isEqualTo("new");
  }

  @Test
  void aRefusedConditionSaysWhatIsThere() {
    fill(1);

    var mine = refused(ours);
    var other = refused(theirs);

    assertThat(mine.item()).isEqualTo(other.item()).isEqualTo(item(1));
    assertThat(mine).hasMessage(other.getMessage());
    assertThat(mine.statusCode()).isEqualTo(other.statusCode());
    assertThat(mine.awsErrorDetails().errorCode()).isEqualTo(other.awsErrorDetails().errorCode());
  }

  @Test
  void anotherRefusalIsTheSameException() {
    var mine = missingTable(ours);
    var other = missingTable(theirs);

    assertThat(mine).hasSameClassAs(other).hasMessage(other.getMessage());
  }

  @Test
  void whatIsNotTranslatedIsNotIgnored() {
    fill(1);

    assertThat(
            ours.putItem(r -> r.tableName("table").item(item(1)).returnValues(ReturnValue.ALL_OLD))
                .attributes())
        .isEqualTo(item(1));
    assertThat(
            ours.getItem(r -> r.tableName("table").key(keyOf(1)).projectionExpression("yes"))
                .item())
        .containsOnlyKeys("yes");
    ours.deleteItem(r -> r.tableName("table").key(keyOf(1)));
    assertThat(find(ours, 1)).isEmpty();
  }

  private void fill(int items) {
    for (int number = 1; number <= items; number++) {
      Map<String, AttributeValue> item = item(number);
      ours.putItem(r -> r.tableName("table").item(item));
    }
  }

  private static void change(DynamoDbClient client, int number) {
    client.updateItem(
        r ->
            r.tableName("table")
                .key(keyOf(number))
                .updateExpression("SET #text = :text")
                .conditionExpression("attribute_exists(#text)")
                .expressionAttributeNames(Map.of("#text", "text"))
                .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("new"))));
  }

  private static ConditionalCheckFailedException refused(DynamoDbClient client) {
    return catchThrowableOfType(
        ConditionalCheckFailedException.class,
        () ->
            client.putItem(
                r ->
                    r.tableName("table")
                        .item(item(1))
                        .conditionExpression("attribute_not_exists(#text)")
                        .expressionAttributeNames(Map.of("#text", "text"))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)));
  }

  private static DynamoDbException missingTable(DynamoDbClient client) {
    return catchThrowableOfType(
        DynamoDbException.class, () -> client.getItem(r -> r.tableName("other").key(keyOf(1))));
  }

  private static Map<String, AttributeValue> find(DynamoDbClient client, int number) {
    return client.getItem(r -> r.tableName("table").key(keyOf(number)).consistentRead(true)).item();
  }

  private static Map<String, AttributeValue> item(int number) {
    var item = new HashMap<>(EVERY_TYPE);
    item.putAll(keyOf(number));
    return item;
  }

  private static Map<String, AttributeValue> keyOf(int number) {
    return Map.of(
        "group", AttributeValue.fromS("g"), "number", AttributeValue.fromN(String.valueOf(number)));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
