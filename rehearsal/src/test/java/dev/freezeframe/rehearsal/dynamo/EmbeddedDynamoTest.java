package dev.freezeframe.rehearsal.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.cloud.Stage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class EmbeddedDynamoTest {
  private final Stage stage = new Stage();
  private final EmbeddedDynamo dynamo = new EmbeddedDynamo(stage.time, stage.seed, stage.api);

  @BeforeEach
  void createTable() {
    create(dynamo);
  }

  @AfterEach
  void close() {
    dynamo.close();
    stage.close();
  }

  @Test
  void callsOfTasksGoThroughTheDoor() {
    stage.call(() -> dynamo.client().putItem(r -> r.tableName("table").item(item("a"))));
    stage.call(() -> dynamo.client().getItem(r -> r.tableName("table").key(item("a"))));

    assertThat(stage.api.counts())
        .containsOnly(Map.entry("dynamodb:PutItem", 1), Map.entry("dynamodb:GetItem", 1));
    assertThat(stage.api.calls()).extracting(Call::detail).containsOnly("table");
    assertThat(stage.time.instant()).isAfter(Stage.START);
  }

  @Test
  void aPaginatorGoesThroughTheDoorToo() {
    stage.call(() -> dynamo.client().putItem(r -> r.tableName("table").item(item("a"))));
    var pages = dynamo.client().scanPaginator(r -> r.tableName("table"));

    assertThat(stage.call(() -> pages.items().stream().count())).isEqualTo(1);
    assertThat(stage.api.counts()).containsEntry("dynamodb:Scan", 1);
  }

  @Test
  void aDirectCallIsNotCounted() {
    dynamo.direct().putItem(r -> r.tableName("table").item(item("a")));

    assertThat(stage.api.counts()).isEmpty();
  }

  @Test
  void conditionsAreReal() {
    dynamo.direct().putItem(r -> r.tableName("table").item(item("a")));

    assertThatThrownBy(
            () ->
                stage.call(
                    () ->
                        dynamo
                            .client()
                            .putItem(
                                r ->
                                    r.tableName("table")
                                        .item(item("a"))
                                        .conditionExpression("attribute_not_exists(#id)")
                                        .expressionAttributeNames(Map.of("#id", "id")))))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(stage.api.calls().get(0).error()).isEqualTo("ConditionalCheckFailedException");
  }

  @Test
  void aFunctionCanDieAfterAWrite() {
    CallFault fault =
        new CallFault() {
          @Override
          public void after(String action, boolean changes, Caller caller, String detail) {
            if (changes) {
              throw new FunctionDied("after " + action);
            }
          }
        };
    SimulatedApi api = new SimulatedApi(stage.time, fault, RequestRates.documented());
    try (EmbeddedDynamo dying = new EmbeddedDynamo(stage.time, stage.seed, api)) {
      create(dying);
      String died =
          stage.call(
              () -> {
                try {
                  dying.client().putItem(r -> r.tableName("table").item(item("a")));
                  return "";
                } catch (FunctionDied expected) {
                  return expected.getMessage();
                }
              });

      assertThat(died).isEqualTo("the function died after dynamodb:PutItem");
      assertThat(dying.direct().getItem(r -> r.tableName("table").key(item("a"))).hasItem())
          .isTrue();
    }
  }

  @Test
  void aClosedOneIsNotUsed() {
    dynamo.direct().putItem(r -> r.tableName("table").item(item("a")));
    dynamo.close();

    assertThatThrownBy(dynamo::direct).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoAtOnceShareNothing() {
    try (EmbeddedDynamo other = new EmbeddedDynamo(stage.time, stage.seed, stage.api)) {
      create(other);
      other.direct().putItem(r -> r.tableName("table").item(item("a")));

      assertThat(dynamo.direct().scan(r -> r.tableName("table")).items()).isEmpty();
    }
  }

  private static void create(EmbeddedDynamo dynamo) {
    dynamo
        .direct()
        .createTable(
            r ->
                r.tableName("table")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build()));
  }

  private static Map<String, AttributeValue> item(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }
}
