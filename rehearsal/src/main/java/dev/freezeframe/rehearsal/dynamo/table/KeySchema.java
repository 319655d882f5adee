package dev.freezeframe.rehearsal.dynamo.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/**
 * The names of the key attributes of a table or an index, all of them strings.
 *
 * @param sort empty where a partition has one item
 */
record KeySchema(String partition, Optional<String> sort) {
  /** "Constraints in Amazon DynamoDB" in its Developer Guide. */
  private static final int MAX_PARTITION_BYTES = 2048;

  private static final int MAX_SORT_BYTES = 1024;

  static KeySchema of(List<KeySchemaElement> elements) {
    return new KeySchema(name(elements, KeyType.HASH).orElseThrow(), name(elements, KeyType.RANGE));
  }

  private static Optional<String> name(List<KeySchemaElement> elements, KeyType type) {
    return elements.stream()
        .filter(element -> element.keyType() == type)
        .map(KeySchemaElement::attributeName)
        .findFirst();
  }

  List<String> names() {
    List<String> names = new ArrayList<>(List.of(partition));
    sort.ifPresent(names::add);
    return names;
  }

  boolean in(Map<String, AttributeValue> item) {
    return item.keySet().containsAll(names());
  }

  String partition(Map<String, AttributeValue> item) {
    return item.get(partition).s();
  }

  /** The value of the sort key; empty where the table has no sort key. */
  String sort(Map<String, AttributeValue> item) {
    return sort.map(name -> item.get(name).s()).orElse("");
  }

  /** The key attributes alone. */
  Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new HashMap<>();
    names().forEach(name -> key.put(name, item.get(name)));
    return key;
  }

  /** Checks that these are the key attributes and no others. */
  void check(Map<String, AttributeValue> key) {
    if (key.size() != names().size() || !in(key)) {
      throw Refusal.invalid("The provided key element does not match the schema");
    }
    checkIn(key);
  }

  /** Checks the key attributes that an item has. */
  void checkIn(Map<String, AttributeValue> item) {
    check(partition, item.get(partition), MAX_PARTITION_BYTES);
    sort.ifPresent(name -> check(name, item.get(name), MAX_SORT_BYTES));
  }

  private static void check(String name, AttributeValue value, int most) {
    if (value == null) {
      return;
    }
    if (value.type() != AttributeValue.Type.S) {
      throw Refusal.invalid(
          "One or more parameter values were invalid: Type mismatch for key %s expected: S actual: %s"
              .formatted(name, value.type()));
    }
    if (value.s().isEmpty() || Values.size(value.s()) > most) {
      throw Refusal.invalid(
          "One or more parameter values were invalid: Size of %s is %d bytes, expected 1 to %d"
              .formatted(name, Values.size(value.s()), most));
    }
  }
}
