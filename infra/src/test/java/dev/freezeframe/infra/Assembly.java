package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;

/**
 * What {@code cdk synth} writes of a stack, file by file: its template, and beside it one for each
 * stack that is nested in it.
 *
 * @param nested by the logical id that each has in the template
 */
record Assembly(JsonNode template, Map<String, JsonNode> nested) {
  static Assembly of(Stack stack) {
    Path folder = Path.of(Stage.of(stack).synth().getDirectory());
    JsonNode template = read(folder.resolve(stack.getTemplateFile()));
    Map<String, JsonNode> nested = new TreeMap<>();
    Flattened.nested(stack)
        .forEach((id, inner) -> nested.put(id, read(folder.resolve(inner.getTemplateFile()))));
    return new Assembly(template, nested);
  }

  private static JsonNode read(Path file) {
    try {
      return Json.read(Files.readString(file));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
