package dev.freezeframe.rehearsal.dynamo.table;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item of a table, or what an index has of it.
 *
 * @param size in bytes
 */
record Item(Map<String, AttributeValue> attributes, int size) {
  /** "Constraints in Amazon DynamoDB" in its Developer Guide. */
  private static final int MAX_BYTES = 400 * 1024;

  /** An item to be kept. */
  static Item of(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> kept = Values.kept(attributes);
    int size = Values.size(kept);
    if (size > MAX_BYTES) {
      throw Refusal.invalid("Item size has exceeded the maximum allowed size");
    }
    return new Item(kept, size);
  }
}
