package dev.freezeframe.rehearsal.run;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the whole table as plain values, for a person to look at; tasks never do. */
final class LedgerItems {
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

  private static Map<String, Object> plain(Map<String, AttributeValue> item) {
    Map<String, Object> plain = new TreeMap<>();
    item.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static Object plain(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> new BigDecimal(value.n());
      case BOOL -> value.bool();
      case L -> value.l().stream().map(LedgerItems::plain).toList();
      case M -> plain(value.m());
      case SS -> value.ss().stream().sorted().toList();
      default -> value.toString();
    };
  }
}
