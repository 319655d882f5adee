package dev.freezeframe.input;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freezeframe.common.Quoted;
import java.nio.file.Path;

/** Reads text as one JSON value: no name twice in an object, and nothing behind the value. */
public final class JsonTree {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonTree() {}

  /**
   * Reads a file.
   *
   * @param largest in bytes
   * @param expected what was to be in it
   * @throws InvalidInputException with one fault, where it is missing, too large or no JSON
   */
  public static Entry read(Path file, int largest, String expected) {
    return parse(file.toString(), Violations.readText(file, largest, expected), expected);
  }

  /**
   * Reads a text.
   *
   * @param fileName stands in front of each fault
   * @throws InvalidInputException with one fault, where the text is no JSON
   */
  public static Entry parse(String fileName, String text, String expected) {
    Violations faults = new Violations(fileName);
    if (text.isBlank()) {
      throw faults.unreadable("empty", expected);
    }
    try {
      return of(MAPPER.readTree(text), faults);
    } catch (JsonProcessingException notJson) {
      JsonLocation at = notJson.getLocation();
      String where =
          at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
      throw faults.unreadable(
          "not JSON (%s%s)".formatted(where, Quoted.shorten(notJson.getOriginalMessage())),
          expected);
    }
  }

  /** A value that has been read already, such as one that another program handed over. */
  public static Entry of(JsonNode root, Violations faults) {
    return new Entry(new JsonContent(root), faults);
  }
}
