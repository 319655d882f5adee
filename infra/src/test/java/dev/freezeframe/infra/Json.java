package dev.freezeframe.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** JSON as the tests look at it. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Json() {}

  /** Fields in the order of their names, so that what is the same reads the same. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A copy with its fields in the order of their names. */
  static JsonNode sorted(JsonNode tree) {
    return tree(MAPPER.convertValue(tree, Object.class));
  }

  /** Fields in the order in which they are deployed. */
  static JsonNode asWritten(Object value) {
    return new ObjectMapper().valueToTree(value);
  }

  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(text, broken);
    }
  }

  static String pretty(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }
}
