package dev.freezeframe.rehearsal.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which events a rule takes: every field that it names has to have one of the values listed for it.
 *
 * <p>Of EventBridge's patterns this is the part with exact values and prefixes; others are refused.
 */
record EventPattern(JsonNode fields) {
  private static final String PREFIX = "prefix";

  EventPattern {
    check("", fields);
  }

  boolean matches(JsonNode event) {
    return matches(fields, event);
  }

  private static boolean matches(JsonNode wanted, JsonNode found) {
    if (found instanceof ArrayNode values) {
      return stream(values).anyMatch(value -> matches(wanted, value));
    }
    if (wanted instanceof ObjectNode object) {
      return object.properties().stream()
          .allMatch(field -> matches(field.getValue(), found.path(field.getKey())));
    }
    return stream(wanted).anyMatch(value -> isOf(value, found));
  }

  private static void check(String path, JsonNode pattern) {
    if (pattern instanceof ObjectNode object) {
      object.properties().forEach(field -> check(path + "." + field.getKey(), field.getValue()));
    } else if (!(pattern instanceof ArrayNode)
        || stream(pattern).anyMatch(value -> value.isContainerNode() && !isPrefix(value))) {
      throw new IllegalArgumentException(
          "event pattern, field '%s': expected a list of exact values or prefixes, found %s"
              .formatted(path, pattern));
    }
  }

  private static boolean isOf(JsonNode value, JsonNode found) {
    return isPrefix(value)
        ? found.isTextual() && found.textValue().startsWith(value.get(PREFIX).textValue())
        : found.equals(value);
  }

  private static boolean isPrefix(JsonNode value) {
    return value.isObject() && value.size() == 1 && value.path(PREFIX).isTextual();
  }

  private static Stream<JsonNode> stream(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false);
  }
}
