package dev.freezeframe.rehearsal.dynamo.table;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/**
 * A global secondary index, which is never behind its table here. An item without the keys of the
 * index is not in it.
 */
final class Index {
  private final KeySchema table;
  private final KeySchema keys;
  private final TreeSet<String> projected;
  private final Entries entries = new Entries();

  Index(KeySchema table, GlobalSecondaryIndex definition) {
    this.table = table;
    this.keys = KeySchema.of(definition.keySchema());
    this.projected = new TreeSet<>(table.names());
    projected.addAll(keys.names());
    if (definition.projection().projectionType() == ProjectionType.ALL) {
      throw new IllegalArgumentException(
          "index %s: expected a projection of keys or of named attributes, found all"
              .formatted(definition.indexName()));
    }
    projected.addAll(definition.projection().nonKeyAttributes());
  }

  KeySchema keys() {
    return keys;
  }

  Entries entries() {
    return entries;
  }

  /** The key of an entry: that of the index and that of the table. */
  Map<String, AttributeValue> key(Map<String, AttributeValue> entry) {
    Map<String, AttributeValue> key = new HashMap<>(keys.of(entry));
    key.putAll(table.of(entry));
    return key;
  }

  void put(Item item) {
    if (keys.in(item.attributes())) {
      Map<String, AttributeValue> entry = new HashMap<>(item.attributes());
      entry.keySet().retainAll(projected);
      entries.put(
          keys.partition(entry), place(item), new Item(Map.copyOf(entry), Values.size(entry)));
    }
  }

  void remove(Item item) {
    if (keys.in(item.attributes())) {
      entries.remove(keys.partition(item.attributes()), place(item));
    }
  }

  private Entries.Place place(Item item) {
    return place(item.attributes());
  }

  Entries.Place place(Map<String, AttributeValue> entry) {
    return Entries.Place.of(keys.sort(entry), table.partition(entry), table.sort(entry));
  }
}
