package dev.freezeframe.rehearsal.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference path (ASL, "Reference Paths"): it names one node, in the data ({@code $.run.id}) or
 * in the context object ({@code $$.Execution.Id}).
 *
 * @param text as the file has it
 * @param ofContext whether it begins with {@code $$}
 * @param steps names of members, and numbers of elements as {@code [0]}
 */
public record JsonPath(String text, boolean ofContext, List<String> steps) {
  private static final Pattern FORM =
      Pattern.compile("\\$\\$?((\\.[A-Za-z_][A-Za-z0-9_-]*)|(\\[\\d{1,6}]))*");
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9_-]+)|(\\[\\d+])");

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it is not a path that names one node
   */
  public static JsonPath of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected a path such as $.run.id or $$.Execution.Id, found '%s'".formatted(text));
    }
    List<String> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      steps.add(step.group(1) == null ? step.group(2) : step.group(1));
    }
    return new JsonPath(text, text.startsWith("$$"), steps);
  }

  /** The node, or null if it is missing. */
  public JsonNode find(JsonNode data, Supplier<? extends JsonNode> context) {
    JsonNode node = ofContext ? context.get() : data;
    for (int i = 0; node != null && i < steps.size(); i++) {
      String step = steps.get(i);
      node =
          step.charAt(0) == '['
              ? node.get(Integer.parseInt(step, 1, step.length() - 1, 10))
              : node.get(step);
    }
    return node;
  }

  /**
   * The node.
   *
   * @param field in which the path stands, for the error
   * @throws StatesError if it is missing
   */
  public JsonNode get(String field, JsonNode data, Supplier<? extends JsonNode> context) {
    JsonNode node = find(data, context);
    if (node == null) {
      throw StatesError.runtime(
          "The JSONPath '%s' specified for the field '%s' could not be found in the input"
              .formatted(text, field));
    }
    return node;
  }

  /**
   * The data with a node at this place; what is not on the way to it is shared, not copied (ASL,
   * "ResultPath").
   */
  public JsonNode put(JsonNode data, JsonNode value) {
    return put(data, value, 0);
  }

  private JsonNode put(JsonNode data, JsonNode value, int depth) {
    if (depth == steps.size()) {
      return value;
    }
    if (!(data instanceof ObjectNode object) || steps.get(depth).charAt(0) == '[') {
      throw new StatesError(
          "States.ResultPathMatchFailure",
          "Unable to apply ReferencePath %s to the input".formatted(text));
    }
    String step = steps.get(depth);
    ObjectNode changed = object.objectNode();
    changed.setAll(object);
    JsonNode inner = object.get(step);
    changed.set(
        step,
        put(
            inner == null && depth < steps.size() - 1 ? object.objectNode() : inner,
            value,
            depth + 1));
    return changed;
  }
}
