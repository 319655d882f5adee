package dev.freezeframe.rehearsal.dynamo.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What one answer holds of a query or a scan.
 *
 * @param isLast whether nothing may follow
 */
record Page(List<Map<String, AttributeValue>> items, boolean isLast) {
  /** "Constraints in Amazon DynamoDB" in its Developer Guide. */
  private static final int MAX_BYTES = 1024 * 1024;

  /**
   * Takes items until the page is full.
   *
   * @param limit of items; null: none
   */
  static Page of(Iterator<Item> entries, Integer limit) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    int size = 0;
    while (entries.hasNext()) {
      Item entry = entries.next();
      items.add(entry.attributes());
      size += entry.size();
      if (size >= MAX_BYTES || (limit != null && items.size() == limit)) {
        return new Page(items, false);
      }
    }
    return new Page(items, true);
  }

  Map<String, AttributeValue> lastItem() {
    return items.get(items.size() - 1);
  }
}
