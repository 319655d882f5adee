package dev.freezeframe.rehearsal.dynamo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.rehearsal.dynamo.JudgedDynamoDb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The tables in memory answer what DynamoDB Local answers, also to what is wrong. */
class InMemoryDynamoDbTest {
  private static final String TABLE = "ledger";
  private static final List<String> CONDITIONS =
      List.of(
          "attribute_exists(#pk)",
          "attribute_not_exists(#pk)",
          "attribute_not_exists(#a) OR #a < :v",
          "#a = :v",
          "#a <> :v",
          "#a <= :v AND attribute_exists(#pk)",
          "#a > :v OR (#b = :w AND #a >= :v)",
          "#a BETWEEN :v AND :w",
          "size(#map) = :n",
          "#map.#a = :v",
          "#map.#a <> :v OR #map.#b <> :w",
          "attribute_exists(#map.#a) AND (attribute_not_exists(#map.#b) OR #map.#b = :v)");
  private static final List<String> UPDATES =
      List.of(
          "SET #a = :v",
          "SET #a = :v, #b = :w REMOVE #map",
          "SET #a = if_not_exists(#a, :v)",
          "SET #map = :m",
          "SET #map.#a = :v, #map.#b = :w",
          "SET #set = :s",
          "DELETE #set :t",
          "REMOVE #a, #groupKey",
          "SET #groupKey = :v, #groupOrder = :w",
          "SET #a = :v, #a = :w",
          "SET #map = :m REMOVE #map",
          "SET #pk = :v",
          "SET #a = :v DELETE #set :t");
  private static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":n", AttributeValue.fromN("2.0"),
          ":m", AttributeValue.fromM(Map.of("a", text("x"))),
          ":s", AttributeValue.fromSs(List.of("x", "y", "z")),
          ":t", AttributeValue.fromSs(List.of("y", "z")));

  private final JudgedDynamoDb judged = JudgedDynamoDb.ofEmpty(TABLE);

  /** A few keys, so that requests meet items; any condition before any change. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void drawnRequestsAreAnsweredAlike(long seed) {
    Random random = new Random(seed);
    for (int request = 0; request < 400; request++) {
      draw(random);
    }
    judged.compareTables();
  }

  private void draw(Random random) {
    Map<String, AttributeValue> key = key(random);
    String condition = one(random, CONDITIONS);
    switch (random.nextInt(6)) {
      case 0 ->
          refusable(
              () -> {
                Map<String, AttributeValue> item = new HashMap<>(key);
                item.put("a", value(random));
                item.put("b", value(random));
                item.put("map", AttributeValue.fromM(Map.of("a", value(random))));
                item.put("groupKey", text("g"));
                item.put("groupOrder", text("o" + random.nextInt(3)));
                judged.putItem(given(PutItemRequest.builder().item(item), condition, random));
              });
      case 1, 2 -> {
        String update = one(random, UPDATES);
        UpdateItemRequest.Builder builder =
            UpdateItemRequest.builder().tableName(TABLE).key(key).updateExpression(update);
        refusable(
            () ->
                judged.updateItem(
                    builder
                        .conditionExpression(condition)
                        .expressionAttributeNames(names(update + condition))
                        .expressionAttributeValues(values(update + condition, random))
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build()));
      }
      case 3 ->
          refusable(
              () ->
                  judged.deleteItem(
                      r ->
                          r.tableName(TABLE)
                              .key(key)
                              .conditionExpression("attribute_exists(#a)")
                              .expressionAttributeNames(Map.of("#a", "a"))));
      case 4 -> judged.getItem(r -> r.tableName(TABLE).key(key).consistentRead(true));
      default -> query(random);
    }
  }

  private void query(Random random) {
    boolean index = random.nextBoolean();
    String sort = index ? "#groupOrder" : "#sk";
    String range =
        one(
            random,
            List.of(
                "",
                " AND begins_with(%s, :v)",
                " AND %s > :v",
                " AND %s <= :v",
                " AND %s = :v",
                " AND %s BETWEEN :v AND :w"));
    String condition = (index ? "#groupKey" : "#pk") + " = :k" + range.formatted(sort);
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":k", text(index ? "g" : "p" + random.nextInt(2)));
    if (condition.contains(":v")) {
      values.put(":v", text((index ? "o" : "s") + random.nextInt(4)));
    }
    if (condition.contains(":w")) {
      values.put(":w", text((index ? "o" : "s") + "3"));
    }
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(TABLE)
            .keyConditionExpression(condition)
            .expressionAttributeNames(names(condition))
            .expressionAttributeValues(values);
    if (index) {
      request.indexName("group");
    } else {
      request.consistentRead(true);
      if (random.nextBoolean()) {
        request.limit(1 + random.nextInt(3));
      }
    }
    judged.queryPaginator(request.build()).items().forEach(item -> assertThat(item).isNotEmpty());
  }

  private static PutItemRequest given(
      PutItemRequest.Builder request, String condition, Random random) {
    request
        .tableName(TABLE)
        .conditionExpression(condition)
        .expressionAttributeNames(names(condition))
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    Map<String, AttributeValue> values = values(condition, random);
    if (!values.isEmpty()) {
      request.expressionAttributeValues(values);
    }
    return request.build();
  }

  private static Map<String, String> names(String expressions) {
    Map<String, String> names = new HashMap<>();
    List.of("pk", "sk", "a", "b", "map", "set", "groupKey", "groupOrder").stream()
        .filter(name -> expressions.matches("(?s).*#" + name + "\\b.*"))
        .forEach(name -> names.put("#" + name, name));
    return names;
  }

  private static Map<String, AttributeValue> values(String expressions, Random random) {
    Map<String, AttributeValue> values = new HashMap<>();
    VALUES.forEach(
        (name, value) -> {
          if (expressions.contains(name)) {
            values.put(name, value);
          }
        });
    if (expressions.contains(":v")) {
      values.put(":v", text("x" + random.nextInt(2)));
    }
    if (expressions.contains(":w")) {
      values.put(":w", text("x1"));
    }
    return values;
  }

  /** Of another type at times, which no comparison holds of. */
  private static AttributeValue value(Random random) {
    return random.nextInt(4) == 0
        ? AttributeValue.fromN(random.nextInt(3) + ".0")
        : text("x" + random.nextInt(3));
  }

  private static Map<String, AttributeValue> key(Random random) {
    return key("p" + random.nextInt(2), "s" + random.nextInt(4));
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of("pk", text(partition), "sk", text(sort));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A refusal is compared too; anything else is a difference. */
  private static void refusable(Runnable request) {
    Throwable thrown = catchThrowable(request::run);
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(DynamoDbException.class);
    }
  }

  @Test
  void keysAreInTheOrderOfTheirBytes() {
    for (String sort : List.of("a", "B", "é", "\uFF5E", "\uD83D\uDE00", "aa", "a#")) {
      judged.putItem(r -> r.tableName(TABLE).item(key("p", sort)));
    }

    assertThat(
            judged
                .query(
                    r ->
                        r.tableName(TABLE)
                            .keyConditionExpression("#pk = :p")
                            .expressionAttributeNames(Map.of("#pk", "pk"))
                            .expressionAttributeValues(Map.of(":p", text("p"))))
                .items())
        .hasSize(7);
  }

  @Test
  void anAnswerEndsAtOneMegabyte() {
    String large = "x".repeat(300_000);
    for (int number = 0; number < 9; number++) {
      Map<String, AttributeValue> item = new HashMap<>(key("p", "s" + number));
      item.put("text", text(large));
      judged.putItem(r -> r.tableName(TABLE).item(item));
    }

    var pages =
        judged.queryPaginator(
            r ->
                r.tableName(TABLE)
                    .keyConditionExpression("#pk = :p")
                    .expressionAttributeNames(Map.of("#pk", "pk"))
                    .expressionAttributeValues(Map.of(":p", text("p"))));
    assertThat(pages.stream().count()).isEqualTo(3);
    assertThat(pages.items()).hasSize(9);
  }

  @Test
  void anItemOfMoreThan400KilobytesIsRefused() {
    Map<String, AttributeValue> item = new HashMap<>(key("p", "s"));
    item.put("text", text("x".repeat(410_000)));

    assertThatThrownBy(() -> judged.putItem(r -> r.tableName(TABLE).item(item)))
        .isInstanceOf(DynamoDbException.class);
    judged.compareTables();
  }

  @Test
  void whatIsWrongIsRefusedAlike() {
    List<Map<String, AttributeValue>> items =
        List.of(
            Map.of("pk", text("p")),
            Map.of("pk", text(""), "sk", text("s")),
            Map.of("pk", text("p"), "sk", AttributeValue.fromN("1")),
            Map.of("pk", text("p"), "sk", text("x".repeat(1025))),
            Map.of("pk", text("p"), "sk", text("s"), "groupKey", text("")),
            Map.of("pk", text("p"), "sk", text("s"), "runKey", AttributeValue.fromN("1")),
            Map.of("pk", text("p"), "sk", text("s"), "a", AttributeValue.fromN("one")),
            Map.of("pk", text("p"), "sk", text("s"), "a", AttributeValue.fromN("1".repeat(39))),
            Map.of(
                "pk", text("p"), "sk", text("s"), "a", AttributeValue.fromSs(List.of("x", "x"))));
    for (Map<String, AttributeValue> item : items) {
      assertThatThrownBy(() -> judged.putItem(r -> r.tableName(TABLE).item(item)))
          .as("%s", item)
          .isInstanceOf(DynamoDbException.class);
    }
    assertThatThrownBy(() -> judged.getItem(r -> r.tableName(TABLE).key(Map.of("pk", text("p")))))
        .isInstanceOf(DynamoDbException.class);
    assertThatThrownBy(() -> batch(List.of(key("p", "s"), key("p", "s"))))
        .isInstanceOf(DynamoDbException.class);
    assertThatThrownBy(
            () ->
                judged.query(
                    r ->
                        r.tableName(TABLE)
                            .indexName("group")
                            .consistentRead(true)
                            .keyConditionExpression("#groupKey = :g")
                            .expressionAttributeNames(Map.of("#groupKey", "groupKey"))
                            .expressionAttributeValues(Map.of(":g", text("g")))))
        .isInstanceOf(DynamoDbException.class);
    assertThat(judged.compared()).isEqualTo(items.size() + 3);
  }

  @Test
  void placeholdersThatAreMissingOrUnusedAreRefusedAlike() {
    List<Map<String, String>> names = List.of(Map.of("#b", "b"), Map.of("#a", "a", "#b", "b"));
    for (Map<String, String> given : names) {
      assertThatThrownBy(
              () ->
                  judged.putItem(
                      r ->
                          r.tableName(TABLE)
                              .item(key("p", "s"))
                              .conditionExpression("attribute_exists(#a)")
                              .expressionAttributeNames(given)))
          .isInstanceOf(DynamoDbException.class);
    }
    judged.compareTables();
  }

  @Test
  void aBatchFindsWhatIsThere() {
    judged.putItem(r -> r.tableName(TABLE).item(key("p", "s")));
    judged.putItem(r -> r.tableName(TABLE).item(key("q", "s")));

    assertThat(batch(List.of(key("p", "s"), key("p", "t"), key("q", "s")))).hasSize(2);
  }

  private List<Map<String, AttributeValue>> batch(List<Map<String, AttributeValue>> keys) {
    return judged
        .batchGetItem(
            r -> r.requestItems(Map.of(TABLE, KeysAndAttributes.builder().keys(keys).build())))
        .responses()
        .get(TABLE);
  }

  @Test
  void whatTheLedgerNeverAsksIsNotIgnored() {
    InMemoryDynamoDb memory = new InMemoryDynamoDb();
    memory.createTable(LedgerTable.createTable(TABLE));

    assertThatThrownBy(
            () ->
                memory.putItem(
                    r -> r.tableName(TABLE).item(key("p", "s")).returnValues(ReturnValue.ALL_OLD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ReturnValues");
    assertThatThrownBy(
            () ->
                memory.updateItem(
                    r ->
                        r.tableName(TABLE)
                            .key(key("p", "s"))
                            .updateExpression("ADD #a :v")
                            .expressionAttributeNames(Map.of("#a", "a"))
                            .expressionAttributeValues(Map.of(":v", AttributeValue.fromN("1")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ADD");
    assertThatThrownBy(
            () ->
                memory.putItem(
                    r ->
                        r.tableName(TABLE)
                            .item(
                                Map.of(
                                    "pk",
                                    text("p"),
                                    "sk",
                                    text("s"),
                                    "bytes",
                                    AttributeValue.fromB(SdkBytes.fromUtf8String("x"))))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(memory.scan(r -> r.tableName(TABLE)).items()).isEmpty();
  }
}
