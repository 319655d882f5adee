package dev.freezeframe.ledger.dynamo.table;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freezeframe.common.Json;
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
public final class DynamoAttributes {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final Map<String, AttributeValue> values;

  public DynamoAttributes() {
    this(Map.of());
  }

  public DynamoAttributes(Map<String, AttributeValue> values) {
    this.values = new TreeMap<>(values);
  }

  /** The key of an item. */
  public static DynamoAttributes key(String partition, String sort) {
    return new DynamoAttributes()
        .with(LedgerTable.PARTITION_KEY, partition)
        .with(LedgerTable.SORT_KEY, sort);
  }

  /** The key of this item, or of the item of which this entry of an index tells. */
  public DynamoAttributes itemKey() {
    return key(text(LedgerTable.PARTITION_KEY), text(LedgerTable.SORT_KEY));
  }

  public static String iso(Instant instant) {
    return MILLIS.format(instant);
  }

  public Map<String, AttributeValue> asMap() {
    return values;
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public DynamoAttributes with(DynamoAttributes others) {
    values.putAll(others.values);
    return this;
  }

  public DynamoAttributes with(String name, String value) {
    return put(name, AttributeValue.fromS(value));
  }

  public DynamoAttributes with(String name, Instant value) {
    return with(name, iso(value));
  }

  public DynamoAttributes with(String name, long value) {
    return put(name, AttributeValue.fromN(Long.toString(value)));
  }

  public DynamoAttributes with(String name, boolean value) {
    return put(name, AttributeValue.fromBool(value));
  }

  public DynamoAttributes with(String name, List<String> value) {
    return put(
        name,
        AttributeValue.fromL(value.stream().map(text -> AttributeValue.fromS(text)).toList()));
  }

  /** A set of texts, of which DynamoDB takes none that is empty. */
  public DynamoAttributes withTextSet(String name, List<String> value) {
    return put(name, AttributeValue.fromSs(value));
  }

  public DynamoAttributes withMap(String name, DynamoAttributes value) {
    return put(name, AttributeValue.fromM(value.values));
  }

  public DynamoAttributes withMaps(String name, List<DynamoAttributes> value) {
    return put(
        name,
        AttributeValue.fromL(value.stream().map(map -> AttributeValue.fromM(map.values)).toList()));
  }

  public DynamoAttributes withOptional(String name, Optional<String> value) {
    value.ifPresent(text -> with(name, text));
    return this;
  }

  /** A record as JSON text. */
  public DynamoAttributes withJson(String name, Object value) {
    try {
      return with(name, Json.mapper().writeValueAsString(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private DynamoAttributes put(String name, AttributeValue value) {
    values.put(name, value);
    return this;
  }

  /** The same values under the names that stand for them in an expression: {@code :name}. */
  public DynamoAttributes asPlaceholders() {
    DynamoAttributes placeholders = new DynamoAttributes();
    values.forEach((name, value) -> placeholders.put(":" + name, value));
    return placeholders;
  }

  /** The text that sets all of them in an update: {@code #name = :name, ...}. */
  public String assignments() {
    return values.keySet().stream()
        .map(name -> "#%s = :%s".formatted(name, name))
        .collect(joining(", "));
  }

  /** The text that asks whether any differs in a map: {@code #map.#name <> :name OR ...}. */
  public String differing(String map) {
    return values.keySet().stream()
        .map(name -> "%s.#%s <> :%s".formatted(map, name, name))
        .collect(joining(" OR "));
  }

  public String text(String name) {
    return required(name).s();
  }

  public Optional<String> optional(String name) {
    return Optional.ofNullable(values.get(name)).map(AttributeValue::s);
  }

  public <T> Optional<T> optional(String name, Function<String, T> read) {
    return optional(name).map(read);
  }

  public Instant instant(String name) {
    return Instant.parse(text(name));
  }

  public int number(String name) {
    return Integer.parseInt(required(name).n());
  }

  public long millis(String name) {
    return Long.parseLong(required(name).n());
  }

  public boolean flag(String name) {
    return required(name).bool();
  }

  public List<String> texts(String name) {
    return required(name).l().stream().map(AttributeValue::s).toList();
  }

  /**
   * A record that is kept as JSON text.
   *
   * @throws IllegalStateException if it is no JSON of the type
   */
  public <T> T json(String name, Class<T> type) {
    try {
      return Json.mapper().readValue(text(name), type);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(
          "item %s: %s is no JSON of a %s"
              .formatted(
                  optional(LedgerTable.PARTITION_KEY).orElse("?"), name, type.getSimpleName()),
          malformed);
    }
  }

  public <T> Optional<T> optionalJson(String name, Class<T> type) {
    return has(name) ? Optional.of(json(name, type)) : Optional.empty();
  }

  /** A set of texts; none if there is no such attribute. */
  public List<String> textSet(String name) {
    return has(name) ? values.get(name).ss() : List.of();
  }

  public DynamoAttributes map(String name) {
    return new DynamoAttributes(required(name).m());
  }

  public List<DynamoAttributes> maps(String name) {
    return required(name).l().stream().map(value -> new DynamoAttributes(value.m())).toList();
  }

  /** The maps that these attributes are, whatever their names. */
  public List<DynamoAttributes> allMaps() {
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
