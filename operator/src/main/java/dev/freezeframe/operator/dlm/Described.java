package dev.freezeframe.operator.dlm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.policy.OneLine;

/** What was found, in words that fit into a sentence. */
final class Described {
  private static final int LONGEST = 60;

  private Described() {}

  static String of(JsonNode found) {
    return switch (found.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case NULL, MISSING -> "empty";
      case STRING -> "'%s'".formatted(OneLine.of(found.textValue(), LONGEST));
      case NUMBER, BOOLEAN, BINARY, POJO -> OneLine.of(found.asText(), LONGEST);
    };
  }
}
