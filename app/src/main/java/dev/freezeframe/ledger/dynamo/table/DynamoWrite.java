package dev.freezeframe.ledger.dynamo.table;

/**
 * The result of a conditional write.
 *
 * @param inTheWay the item that failed the condition; without attributes if none exists, or if the
 *     write was made
 */
public record DynamoWrite(boolean made, DynamoAttributes inTheWay) {
  public static final DynamoWrite MADE = new DynamoWrite(true, new DynamoAttributes());

  public static DynamoWrite refused(DynamoAttributes inTheWay) {
    return new DynamoWrite(false, inTheWay);
  }
}
