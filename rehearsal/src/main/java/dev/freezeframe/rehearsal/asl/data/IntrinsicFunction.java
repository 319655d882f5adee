package dev.freezeframe.rehearsal.asl.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intrinsic functions (ASL, "Intrinsic Functions"; SFDG, the page of that name). */
public final class IntrinsicFunction {
  private static final Pattern CALL = Pattern.compile("States\\.([A-Za-z]+)\\((.*)\\)");
  private static final Pattern ARGUMENT =
      Pattern.compile("\\s*('(?:[^'\\\\]|\\\\.)*'|[^',()]+)\\s*(,|$)");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final SortedMap<String, Function<List<JsonNode>, JsonNode>> FUNCTIONS =
      new TreeMap<>(
          Map.of(
              "Array", IntrinsicFunction::array,
              "Format", IntrinsicFunction::format,
              "JsonToString", given -> TextNode.valueOf(one(given).toString()),
              "MathAdd", IntrinsicFunction::add,
              "StringToJson", IntrinsicFunction::parse));

  private IntrinsicFunction() {}

  /**
   * Reads a call whose arguments are paths, numbers and texts in single quotes.
   *
   * @throws IllegalArgumentException if the function is not known here
   */
  public static PayloadTemplate of(String field, String text) {
    Matcher call = CALL.matcher(text);
    Function<List<JsonNode>, JsonNode> function =
        call.matches() ? FUNCTIONS.get(call.group(1)) : null;
    if (function == null) {
      throw new IllegalArgumentException(
          "%s: expected one of %s, found %s, which cannot be rehearsed"
              .formatted(field, String.join(", ", FUNCTIONS.keySet()), text));
    }
    List<PayloadTemplate> arguments = arguments(field, call.group(2));
    return (data, context) ->
        function.apply(arguments.stream().map(argument -> argument.fill(data, context)).toList());
  }

  private static List<PayloadTemplate> arguments(String field, String text) {
    List<PayloadTemplate> arguments = new ArrayList<>();
    Matcher argument = ARGUMENT.matcher(text);
    int end = 0;
    while (end < text.length() && argument.find(end) && argument.start() == end) {
      arguments.add(argument(field, argument.group(1).strip()));
      end = argument.end();
    }
    if (end < text.length()) {
      throw new IllegalArgumentException(
          "%s: expected paths, numbers or texts in quotes, found (%s)".formatted(field, text));
    }
    return arguments;
  }

  private static PayloadTemplate argument(String field, String text) {
    if (text.startsWith("$")) {
      JsonPath path = JsonPath.of(text);
      return (data, context) -> path.get(field, data, context);
    }
    JsonNode constant =
        text.startsWith("'")
            ? TextNode.valueOf(text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"))
            : number(field, text);
    return (data, context) -> constant;
  }

  private static JsonNode number(String field, String text) {
    try {
      return text.matches("-?\\d{1,9}")
          ? IntNode.valueOf(Integer.parseInt(text))
          : DoubleNode.valueOf(Double.parseDouble(text));
    } catch (NumberFormatException other) {
      throw new IllegalArgumentException(
          "%s: expected a path, a number or a text in quotes, found %s".formatted(field, text),
          other);
    }
  }

  private static JsonNode array(List<JsonNode> given) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    given.forEach(array::add);
    return array;
  }

  /** Each {@code {}} of the first is filled by one of the others. */
  private static JsonNode format(List<JsonNode> given) {
    String[] parts = given.get(0).asText().split("\\{}", -1);
    if (parts.length != given.size()) {
      throw failure("States.Format", "as many values as {}", given);
    }
    StringBuilder text = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      text.append(given.get(i).isTextual() ? given.get(i).textValue() : given.get(i).toString())
          .append(parts[i]);
    }
    return TextNode.valueOf(text.toString());
  }

  private static JsonNode parse(List<JsonNode> given) {
    try {
      return MAPPER.readTree(one(given).asText());
    } catch (JsonProcessingException other) {
      throw failure("States.StringToJson", "JSON", given);
    }
  }

  /** SFDG: two integers. Any other value is refused here, the harsher side. */
  private static JsonNode add(List<JsonNode> given) {
    if (given.size() != 2 || !given.stream().allMatch(JsonNode::isIntegralNumber)) {
      throw failure("States.MathAdd", "two integers", given);
    }
    long sum = given.get(0).longValue() + given.get(1).longValue();
    return sum == (int) sum ? IntNode.valueOf((int) sum) : LongNode.valueOf(sum);
  }

  private static JsonNode one(List<JsonNode> given) {
    if (given.size() != 1) {
      throw failure("an intrinsic function", "one value", given);
    }
    return given.get(0);
  }

  private static StatesError failure(String function, String expected, List<JsonNode> given) {
    return new StatesError(
        "States.IntrinsicFailure",
        "expected %s for %s, found %s".formatted(expected, function, given));
  }
}
