package dev.freezeframe.operator.dlm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.LogSafe;

/** What was found that fit into a sentence. */
final class JsonType {
  private static final int MAX_LENGTH = 60;

  private JsonType() {}

  static String of(JsonNode found) {
    return switch (found.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case NULL, MISSING -> "empty";
      case STRING -> "'%s'".formatted(LogSafe.of(found.textValue(), MAX_LENGTH));
      case NUMBER, BOOLEAN, BINARY, POJO -> LogSafe.of(found.asText(), MAX_LENGTH);
    };
  }
}
