package dev.freezeframe.ledger.dynamo;

/**
 * The result of a conditional write.
 *
 * @param inTheWay the item that failed the condition; without attributes if none exists, or if the
 *     write was made
 */
record DynamoWrite(boolean made, DynamoAttributes inTheWay) {
  static final DynamoWrite MADE = new DynamoWrite(true, new DynamoAttributes());

  static DynamoWrite refused(DynamoAttributes inTheWay) {
    return new DynamoWrite(false, inTheWay);
  }
}
