package dev.freezeframe.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.freezeframe.common.Json;
import dev.freezeframe.common.LogSafe;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says what is wrong with an input that Jackson refused, in the form of a policy's faults: {@code
 * work.policy.name is missing, expected text}.
 *
 * <p>Jackson alone decides what is refused. The place is looked for in the input itself, against
 * the records it was to become; what only a record's constructor can refuse is told in its words.
 */
final class InputFault {
  private static final int MAX_LENGTH = 60;

  /** Of the values that refuse: {@code instance id 'x': expected i- and digits, found y}. */
  private static final Pattern EXPECTED =
      Pattern.compile("^.*?: expected (.*?)(?:, found .*)?$", Pattern.DOTALL);

  /** Of those that speak of one of their fields: {@code runId is 'x', expected y}. */
  private static final Pattern OF_A_FIELD =
      Pattern.compile("^[A-Za-z][A-Za-z0-9.]* is .*, expected .*$", Pattern.DOTALL);

  private InputFault() {}

  /** A place that has not the form of its type. */
  private record Misfit(String path, JsonNode found, String expected, boolean byDefault) {
    /** Whether it is a field of the object there, and not of one within that. */
    boolean isIn(String object) {
      return path.substring(0, Math.max(0, path.lastIndexOf('.'))).equals(object);
    }

    String sentence() {
      return fault(path, found, expected);
    }
  }

  /**
   * The sentence.
   *
   * @param input the whole of it
   * @param type what it was to become
   * @param invalid what Jackson said
   */
  static String sentence(JsonNode input, JavaType type, JsonMappingException invalid) {
    List<Misfit> misfits = misfits(input, type, "").toList();
    return misfits.stream()
        .filter(misfit -> !misfit.byDefault())
        .findFirst()
        .or(() -> misfits.stream().filter(misfit -> misfit.isIn(path(invalid))).findFirst())
        .map(Misfit::sentence)
        .orElseGet(() -> refusedValue(input, invalid));
  }

  /** The places, in the order of the fields. */
  private static Stream<Misfit> misfits(JsonNode node, JavaType type, String path) {
    Class<?> raw = type.getRawClass();
    if (raw == Optional.class || raw == OptionalInt.class) {
      JavaType content =
          raw == OptionalInt.class
              ? TypeFactory.defaultInstance().constructType(Integer.class)
              : type.containedTypeOrUnknown(0);
      return absent(node) ? Stream.empty() : misfits(node, content, path);
    }
    if (raw.isRecord() && !isText(raw)) {
      return node.isObject() ? fields(node, type, path) : misfit(path, node, "an object");
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return node.isArray()
          ? IntStream.range(0, node.size())
              .boxed()
              .flatMap(
                  index ->
                      misfits(node.get(index), type.getContentType(), path + "[" + index + "]"))
          : misfit(path, node, "a list");
    }
    if (Map.class.isAssignableFrom(raw)) {
      return node.isObject()
          ? node.properties().stream()
              .flatMap(
                  entry ->
                      misfits(entry.getValue(), type.getContentType(), path + "." + entry.getKey()))
          : misfit(path, node, "an object");
    }
    return leaf(raw)
        .filter(leaf -> !leaf.fits().apply(node))
        .map(leaf -> new Misfit(path, node, leaf.words(), raw.isPrimitive() && absent(node)))
        .stream();
  }

  private static Stream<Misfit> misfit(String path, JsonNode node, String expected) {
    return Stream.of(new Misfit(path, node, expected, false));
  }

  private static boolean absent(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }

  private static Stream<Misfit> fields(JsonNode node, JavaType type, String path) {
    return Stream.of(type.getRawClass().getRecordComponents())
        .filter(component -> !absent(node.path(name(component))) || !canBeEmpty(component))
        .flatMap(
            component ->
                misfits(
                    node.path(name(component)),
                    TypeFactory.defaultInstance()
                        .resolveMemberType(component.getGenericType(), type.getBindings()),
                    path.isEmpty() ? name(component) : path + "." + name(component)));
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null ? component.getName() : given.value();
  }

  /** Reads fields that Step Functions may leave out of an error as empty text. */
  private static boolean canBeEmpty(RecordComponent component) {
    return component.getDeclaringRecord() == CaughtError.class;
  }

  /** A value without fields, and what is expected of it. */
  private record Leaf(Function<JsonNode, Boolean> fits, String words) {}

  private static Optional<Leaf> leaf(Class<?> raw) {
    if (raw == String.class || isText(raw)) {
      return Optional.of(new Leaf(JsonNode::isTextual, "text"));
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Optional.of(new Leaf(JsonNode::isBoolean, "true or false"));
    }
    if (raw == int.class || raw == Integer.class) {
      return Optional.of(
          new Leaf(
              node -> node.isIntegralNumber() && node.canConvertToInt(),
              "a whole number of 32 bits"));
    }
    if (raw == long.class || raw == Long.class) {
      return Optional.of(
          new Leaf(
              node -> node.isIntegralNumber() && node.canConvertToLong(),
              "a whole number of 64 bits"));
    }
    if (raw == double.class || raw == Double.class) {
      return Optional.of(new Leaf(JsonNode::isNumber, "a number"));
    }
    if (raw == Instant.class) {
      return Optional.of(
          new Leaf(
              node -> node.isTextual() && parses(node.textValue(), Instant::parse),
              "a time such as 2026-11-22T02:00:00Z"));
    }
    if (raw == LocalTime.class) {
      return Optional.of(
          new Leaf(
              node -> node.isTextual() && parses(node.textValue(), LocalTime::parse),
              "a time of day such as 22:00"));
    }
    if (raw == Duration.class) {
      return Optional.of(
          new Leaf(
              node -> node.isTextual() && parses(node.textValue(), Duration::parse),
              "a duration such as PT30S"));
    }
    if (ZoneId.class.isAssignableFrom(raw)) {
      return Optional.of(
          new Leaf(
              node -> node.isTextual() && parses(node.textValue(), ZoneId::of),
              "a time zone such as Europe/Berlin"));
    }
    if (raw.isEnum()) {
      List<String> names =
          Arrays.stream(raw.getEnumConstants())
              .map(value -> Json.mapper().convertValue(value, String.class))
              .toList();
      return Optional.of(
          new Leaf(
              node -> node.isTextual() && names.contains(node.textValue()),
              "one of " + String.join(", ", names)));
    }
    return Optional.empty();
  }

  /** Whether a record is written as the text that it holds. */
  private static boolean isText(Class<?> raw) {
    return raw.isRecord()
        && Arrays.stream(raw.getDeclaredConstructors())
            .anyMatch(constructor -> constructor.isAnnotationPresent(JsonCreator.class));
  }

  private static boolean parses(String text, Function<String, Object> parser) {
    try {
      return parser.apply(text) != null;
    } catch (DateTimeException | ArithmeticException no) {
      return false;
    }
  }

  /** The form is right, and a value refuses what stands there. */
  private static String refusedValue(JsonNode input, JsonMappingException invalid) {
    String path = path(invalid);
    Throwable cause = invalid.getCause();
    String words =
        cause instanceof RuntimeException && cause.getMessage() != null
            ? cause.getMessage()
            : invalid.getOriginalMessage();
    if (OF_A_FIELD.matcher(words).matches()) {
      return path.isEmpty() ? words : path + "." + words;
    }
    Matcher expected = EXPECTED.matcher(words);
    if (expected.matches()) {
      return fault(path, at(input, invalid), expected.group(1));
    }
    return words.contains(", expected ")
        ? (path.isEmpty() ? words : path + ": " + words)
        : fault(path, at(input, invalid), "another value (%s)".formatted(words));
  }

  private static String path(JsonMappingException invalid) {
    return invalid.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static JsonNode at(JsonNode input, JsonMappingException invalid) {
    JsonNode node = input;
    for (JsonMappingException.Reference step : invalid.getPath()) {
      node =
          step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
    }
    return node;
  }

  private static String fault(String path, JsonNode node, String expected) {
    return "%s is %s, expected %s"
        .formatted(path.isEmpty() ? "the input" : path, found(node), expected);
  }

  static String found(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> "missing";
      case NULL -> "null";
      case OBJECT -> node.isEmpty() ? "an empty object" : "an object";
      case ARRAY -> node.isEmpty() ? "an empty list" : "a list";
      case STRING -> "'" + LogSafe.of(node.textValue(), MAX_LENGTH) + "'";
      default -> LogSafe.of(node.toString(), MAX_LENGTH);
    };
  }
}
