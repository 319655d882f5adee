package dev.freezeframe.rehearsal.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.SnapshotId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The whole table as plain values, for a person to look at; tasks never read it so. */
public final class LedgerItems {
  private LedgerItems() {}

  /** Every item, by its key. */
  static List<Map<String, Object>> read(DynamoDbClient dynamo, String table) {
    List<Map<String, Object>> items = new ArrayList<>();
    dynamo
        .scanPaginator(request -> request.tableName(table))
        .items()
        .forEach(item -> items.add(plain(item)));
    items.sort(
        Comparator.comparing((Map<String, Object> item) -> (String) item.get("pk"))
            .thenComparing(item -> (String) item.get("sk")));
    return items;
  }

  /** The snapshots that some items are about. */
  public static Set<SnapshotId> snapshotIds(List<Map<String, Object>> items) {
    return items.stream()
        .map(item -> item.get("snapshotId"))
        .filter(Objects::nonNull)
        .map(id -> new SnapshotId(id.toString()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Object> plain(Map<String, AttributeValue> item) {
    Map<String, Object> plain = new TreeMap<>();
    item.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static Object plain(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> number(value.n());
      case BOOL -> value.bool();
      case L -> value.l().stream().map(LedgerItems::plain).toList();
      case M -> plain(value.m());
      case SS -> value.ss().stream().sorted().toList();
      default -> value.toString();
    };
  }

  /** A decimal 30 would be written as {@code 3E+1}, which others read as a fraction. */
  private static Number number(String text) {
    BigDecimal number = new BigDecimal(text);
    return number.stripTrailingZeros().scale() <= 0 ? number.toBigIntegerExact() : number;
  }

  /**
   * Puts items that were read so into a table.
   *
   * @throws IllegalArgumentException if a value is not one that the ledger writes
   */
  static void write(DynamoDbClient dynamo, String table, JsonNode items) {
    for (JsonNode item : items) {
      dynamo.putItem(request -> request.tableName(table).item(attributes(item)));
    }
  }

  private static Map<String, AttributeValue> attributes(JsonNode item) {
    Map<String, AttributeValue> attributes = new TreeMap<>();
    item.properties().forEach(field -> attributes.put(field.getKey(), value(field.getValue())));
    return attributes;
  }

  private static AttributeValue value(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> AttributeValue.fromS(value.textValue());
      case NUMBER -> AttributeValue.fromN(value.decimalValue().toPlainString());
      case BOOLEAN -> AttributeValue.fromBool(value.booleanValue());
      case ARRAY -> AttributeValue.fromL(value.valueStream().map(LedgerItems::value).toList());
      case OBJECT -> AttributeValue.fromM(attributes(value));
      case NULL, BINARY, MISSING, POJO ->
          throw new IllegalArgumentException(
              "expected a value that the ledger writes, found %s".formatted(value));
    };
  }
}
