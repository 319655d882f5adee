package dev.freezeframe.rehearsal.dynamo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class JudgedDynamoDbTest {
  private static final Map<String, AttributeValue> KEY =
      Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS("s"));

  @Test
  void aDifferenceFailsTheCallAndTheComparisonAtTheEnd() {
    JudgedDynamoDb judged = JudgedDynamoDb.ofEmpty("ledger");
    judged.compareTables();
    JudgedDynamoDb.local().putItem(r -> r.tableName("ledger").item(KEY));

    assertThatThrownBy(() -> judged.getItem(r -> r.tableName("ledger").key(KEY)))
        .isInstanceOf(AssertionError.class);
    JudgedDynamoDb.local().deleteItem(r -> r.tableName("ledger").key(KEY));
    assertThatThrownBy(judged::compareTables)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GetItemRequest");
  }

  @Test
  void anItemThatOnlyOneHasFailsTheComparison() {
    JudgedDynamoDb judged = JudgedDynamoDb.ofEmpty("ledger");
    JudgedDynamoDb.local().putItem(r -> r.tableName("ledger").item(KEY));

    assertThatThrownBy(judged::compareTables).isInstanceOf(AssertionError.class);
  }
}
