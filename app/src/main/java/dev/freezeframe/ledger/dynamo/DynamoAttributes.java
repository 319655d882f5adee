package dev.freezeframe.ledger.dynamo;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Named attribute values: an item, a map inside one, or the values of an expression.
 *
 * <p>Instants are ISO-8601 with exactly three decimals, so that they sort as strings. What is empty
 * is left out.
 */
final class DynamoAttributes {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final Map<String, AttributeValue> values;

  DynamoAttributes() {
    this(Map.of());
  }

  DynamoAttributes(Map<String, AttributeValue> values) {
    this.values = new TreeMap<>(values);
  }

  /** The key of an item. */
  static DynamoAttributes key(String partition, String sort) {
    return new DynamoAttributes()
        .with(LedgerTable.PARTITION_KEY, partition)
        .with(LedgerTable.SORT_KEY, sort);
  }

  static String iso(Instant instant) {
    return MILLIS.format(instant);
  }

  Map<String, AttributeValue> asMap() {
    return values;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  DynamoAttributes with(DynamoAttributes others) {
    values.putAll(others.values);
    return this;
  }

  DynamoAttributes with(String name, String value) {
    return put(name, AttributeValue.fromS(value));
  }

  DynamoAttributes with(String name, Instant value) {
    return with(name, iso(value));
  }

  DynamoAttributes with(String name, long value) {
    return put(name, AttributeValue.fromN(Long.toString(value)));
  }

  DynamoAttributes with(String name, boolean value) {
    return put(name, AttributeValue.fromBool(value));
  }

  DynamoAttributes with(String name, List<String> value) {
    return put(
        name,
        AttributeValue.fromL(value.stream().map(text -> AttributeValue.fromS(text)).toList()));
  }

  /** A set of texts, of which DynamoDB takes none that is empty. */
  DynamoAttributes withTextSet(String name, List<String> value) {
    return put(name, AttributeValue.fromSs(value));
  }

  DynamoAttributes withMap(String name, DynamoAttributes value) {
    return put(name, AttributeValue.fromM(value.values));
  }

  DynamoAttributes withMaps(String name, List<DynamoAttributes> value) {
    return put(
        name,
        AttributeValue.fromL(value.stream().map(map -> AttributeValue.fromM(map.values)).toList()));
  }

  DynamoAttributes withOptional(String name, Optional<String> value) {
    value.ifPresent(text -> with(name, text));
    return this;
  }

  private DynamoAttributes put(String name, AttributeValue value) {
    values.put(name, value);
    return this;
  }

  /** The same values under the names that stand for them in an expression: {@code :name}. */
  DynamoAttributes asPlaceholders() {
    DynamoAttributes placeholders = new DynamoAttributes();
    values.forEach((name, value) -> placeholders.put(":" + name, value));
    return placeholders;
  }

  /** The text that sets all of them in an update: {@code #name = :name, ...}. */
  String assignments() {
    return values.keySet().stream()
        .map(name -> "#%s = :%s".formatted(name, name))
        .collect(joining(", "));
  }

  /** The text that asks whether any differs in a map: {@code #map.#name <> :name OR ...}. */
  String differing(String map) {
    return values.keySet().stream()
        .map(name -> "%s.#%s <> :%s".formatted(map, name, name))
        .collect(joining(" OR "));
  }

  String text(String name) {
    return required(name).s();
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name)).map(AttributeValue::s);
  }

  <T> Optional<T> optional(String name, Function<String, T> read) {
    return optional(name).map(read);
  }

  Instant instant(String name) {
    return Instant.parse(text(name));
  }

  int number(String name) {
    return Integer.parseInt(required(name).n());
  }

  long millis(String name) {
    return Long.parseLong(required(name).n());
  }

  boolean flag(String name) {
    return required(name).bool();
  }

  List<String> texts(String name) {
    return required(name).l().stream().map(AttributeValue::s).toList();
  }

  /** A set of texts; none if there is no such attribute. */
  List<String> textSet(String name) {
    return has(name) ? values.get(name).ss() : List.of();
  }

  DynamoAttributes map(String name) {
    return new DynamoAttributes(required(name).m());
  }

  List<DynamoAttributes> maps(String name) {
    return required(name).l().stream().map(value -> new DynamoAttributes(value.m())).toList();
  }

  /** The maps that these attributes are, whatever their names. */
  List<DynamoAttributes> allMaps() {
    return values.values().stream().map(value -> new DynamoAttributes(value.m())).toList();
  }

  private AttributeValue required(String name) {
    AttributeValue value = values.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "item %s %s: expected the attribute %s, found only %s"
              .formatted(
                  optional(LedgerTable.PARTITION_KEY).orElse("?"),
                  optional(LedgerTable.SORT_KEY).orElse("?"),
                  name,
                  values.keySet()));
    }
    return value;
  }
}
