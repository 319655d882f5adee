package dev.freezeframe.rehearsal.ssm.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.document.DocumentSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One parameter that a document declares.
 *
 * @param chars how long a value may be
 * @param items how many values a list may have
 */
record DocumentParameter(
    String type,
    Optional<List<String>> byDefault,
    List<String> allowedValues,
    Optional<Pattern> allowedPattern,
    Bounds chars,
    Bounds items) {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");
  private static final List<String> FLAGS = List.of("true", "false");

  /** Of one that keeps {@link DocumentSchema}. */
  static DocumentParameter of(JsonNode node) {
    return new DocumentParameter(
        node.path("type").asText(),
        Optional.ofNullable(node.get("default")).map(DocumentParameter::texts),
        texts(node.path("allowedValues")),
        Optional.ofNullable(node.get("allowedPattern")).map(p -> Pattern.compile(p.asText())),
        Bounds.of(node, "Chars"),
        Bounds.of(node, "Items"));
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(item -> texts.add(item.asText()));
    } else if (!node.isMissingNode()) {
      texts.add(node.asText());
    }
    return texts;
  }

  /** Whether a caller may give these values. */
  boolean allows(List<String> values) {
    boolean list = type.equals("StringList");
    return (list ? items.hold(values.size()) : values.size() == 1)
        && values.stream().allMatch(this::allows);
  }

  private boolean allows(String value) {
    return isOfType(value)
        && chars.hold(value.length())
        && (allowedValues.isEmpty() || allowedValues.contains(value))
        && allowedPattern.map(pattern -> pattern.matcher(value).matches()).orElse(true);
  }

  private boolean isOfType(String value) {
    return switch (type) {
      case "Integer" -> WHOLE_NUMBER.matcher(value).matches();
      case "Boolean" -> FLAGS.contains(value);
      case "String", "StringList" -> true;
      // Maps are JSON in JSON; nobody here gives one.
      default -> false;
    };
  }

  /** From how much to how much, as {@code minItems} and the like say. */
  record Bounds(int least, int most) {
    private static Bounds of(JsonNode node, String what) {
      return new Bounds(
          node.path("min" + what).asInt(0), node.path("max" + what).asInt(Integer.MAX_VALUE));
    }

    private boolean hold(int found) {
      return least <= found && found <= most;
    }
  }
}
