package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** JSON text and trees. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Reads what is known to be JSON. */
  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("expected JSON, found " + text, impossible);
    }
  }

  /** Reads what may be JSON. */
  static Optional<JsonNode> tryRead(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      return json.isMissingNode() ? Optional.empty() : Optional.of(json);
    } catch (JsonProcessingException other) {
      return Optional.empty();
    }
  }
}
