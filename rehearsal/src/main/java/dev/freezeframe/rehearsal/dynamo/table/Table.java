package dev.freezeframe.rehearsal.dynamo.table;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The items of one table, and its indexes. */
final class Table {
  private final KeySchema keys;
  private final Entries items = new Entries();
  private final Map<String, Index> indexes = new TreeMap<>();

  /**
   * Makes an empty table.
   *
   * @throws IllegalArgumentException if a key is not a string
   */
  Table(CreateTableRequest request) {
    this.keys = KeySchema.of(request.keySchema());
    for (AttributeDefinition key : request.attributeDefinitions()) {
      if (key.attributeType() != ScalarAttributeType.S) {
        throw new IllegalArgumentException("expected keys that are strings, found " + key);
      }
    }
    request
        .globalSecondaryIndexes()
        .forEach(index -> indexes.put(index.indexName(), new Index(keys, index)));
  }

  KeySchema keys() {
    return keys;
  }

  Entries items() {
    return items;
  }

  Index index(String name) {
    Index index = indexes.get(name);
    if (index == null) {
      throw Refusal.invalid("The table does not have the specified index: " + name);
    }
    return index;
  }

  /** The item with a key; null if the table has no such item. */
  Item find(Map<String, AttributeValue> key) {
    keys.check(key);
    return items.find(keys.partition(key), place(key));
  }

  /** Puts an item in place of the one with its key. */
  void put(Map<String, AttributeValue> attributes) {
    if (!keys.in(attributes)) {
      throw Refusal.invalid(
          "One or more parameter values were invalid: Missing the key %s in the item"
              .formatted(keys.names()));
    }
    keys.checkIn(attributes);
    indexes.values().forEach(index -> index.keys().checkIn(attributes));
    Item item = Item.of(attributes);
    remove(keys.of(attributes));
    items.put(keys.partition(attributes), place(attributes), item);
    indexes.values().forEach(index -> index.put(item));
  }

  /** Removes the item with a key, if there is one. */
  void remove(Map<String, AttributeValue> key) {
    Item item = find(key);
    if (item != null) {
      indexes.values().forEach(index -> index.remove(item));
      items.remove(keys.partition(key), place(key));
    }
  }

  Entries.Place place(Map<String, AttributeValue> item) {
    return Entries.Place.of(keys.sort(item), keys.partition(item), keys.sort(item));
  }

  /** Every item, in the order of the keys. */
  List<Item> all() {
    return items.all().toList();
  }
}
