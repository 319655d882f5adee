package dev.freezeframe.operator.dlm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freezeframe.operator.cli.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One object of DLM's JSON. It remembers what it was asked for, so that what nobody asked for can
 * be named; what is null is not there.
 *
 * <p>Each question throws {@link BadInputException} if what stands there is of another kind.
 */
final class DlmObject {
  private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();

  private final String file;
  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new TreeSet<>();
  private final List<DlmObject> parts = new ArrayList<>();

  private DlmObject(String file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new BadInputException(
          "%s: %s is %s, expected an object"
              .formatted(file, path.isEmpty() ? "the file" : path, JsonType.of(node)));
    }
  }

  /**
   * The object of a whole file.
   *
   * @param file stands in front of each sentence
   */
  static DlmObject root(String file, JsonNode node) {
    return new DlmObject(file, "", node);
  }

  /** Whether a field is there; that is no question. */
  boolean has(String field) {
    return node.hasNonNull(field);
  }

  boolean isText(String field) {
    return node.path(field).isTextual();
  }

  Optional<String> text(String field) {
    return find(field, JsonNode::isTextual, "a text").map(JsonNode::textValue);
  }

  Optional<Boolean> flag(String field) {
    return find(field, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
  }

  OptionalInt number(String field, int least, int most) {
    return find(
            field,
            found ->
                found.canConvertToExactIntegral()
                    && found.canConvertToInt()
                    && found.intValue() >= least
                    && found.intValue() <= most,
            "a whole number %d..%d".formatted(least, most))
        .map(JsonNode::intValue)
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /** The object in a field; an empty one if none exists. */
  DlmObject object(String field) {
    return part(pathOf(field), find(field, JsonNode::isObject, "an object").orElse(NONE));
  }

  List<DlmObject> objects(String field) {
    List<DlmObject> objects = new ArrayList<>();
    for (JsonNode each : list(field)) {
      objects.add(part("%s[%d]".formatted(pathOf(field), objects.size()), each));
    }
    return objects;
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : list(field)) {
      if (!each.isTextual()) {
        throw new BadInputException(
            "%s: %s[%d] is %s, expected a text"
                .formatted(file, pathOf(field), texts.size(), JsonType.of(each)));
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  /** A field that nothing is made of: what it holds needs no note. */
  void ignore(String... fields) {
    asked.addAll(List.of(fields));
  }

  /** What a field should have been. */
  BadInputException refuse(String field, String expected) {
    JsonNode found = node.path(field);
    return new BadInputException(
        "%s: %s is %s, expected %s"
            .formatted(
                file,
                pathOf(field),
                found.isMissingNode() ? "missing" : JsonType.of(found),
                expected));
  }

  /** The fields that hold something and were not asked for, here and further in. */
  List<String> unasked() {
    List<String> unasked = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!asked.contains(field) && !isNothing(node.get(field))) {
                unasked.add(pathOf(field));
              }
            });
    parts.forEach(part -> unasked.addAll(part.unasked()));
    return unasked;
  }

  private static boolean isNothing(JsonNode found) {
    return found.isNull() || (found.isContainerNode() && found.isEmpty());
  }

  private DlmObject part(String name, JsonNode found) {
    DlmObject part = new DlmObject(file, name, found);
    parts.add(part);
    return part;
  }

  private Iterable<JsonNode> list(String field) {
    return find(field, JsonNode::isArray, "a list")
        .<Iterable<JsonNode>>map(found -> found)
        .orElse(List.of());
  }

  private Optional<JsonNode> find(String field, Predicate<JsonNode> kind, String expected) {
    asked.add(field);
    JsonNode found = node.path(field);
    if (found.isMissingNode() || found.isNull()) {
      return Optional.empty();
    }
    if (!kind.test(found)) {
      throw refuse(field, expected);
    }
    return Optional.of(found);
  }

  private String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
