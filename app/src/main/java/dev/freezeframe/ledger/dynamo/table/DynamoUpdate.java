package dev.freezeframe.ledger.dynamo.table;

import java.util.Map;

/**
 * A change of one item under a condition.
 *
 * @param expression in the words of DynamoDB; {@code #name} stands for the attribute of that name
 * @param values of {@code :name} in both texts, without the colon
 * @param aliases what a {@code #name} stands for where it is not the attribute of that name
 */
public record DynamoUpdate(
    String expression, String condition, DynamoAttributes values, Map<String, String> aliases) {

  public DynamoUpdate(String expression, String condition, DynamoAttributes values) {
    this(expression, condition, values, Map.of());
  }
}
