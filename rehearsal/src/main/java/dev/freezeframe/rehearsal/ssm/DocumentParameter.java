package dev.freezeframe.rehearsal.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One parameter that a document declares. */
record DocumentParameter(
    String type,
    Optional<List<String>> byDefault,
    List<String> allowedValues,
    Optional<Pattern> allowedPattern) {

  static DocumentParameter of(JsonNode node) {
    return new DocumentParameter(
        node.path("type").asText("String"),
        Optional.ofNullable(node.get("default")).map(DocumentParameter::texts),
        texts(node.path("allowedValues")),
        Optional.ofNullable(node.get("allowedPattern")).map(p -> Pattern.compile(p.asText())));
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

  boolean allows(String value) {
    return (allowedValues.isEmpty() || allowedValues.contains(value))
        && allowedPattern.map(pattern -> pattern.matcher(value).matches()).orElse(true);
  }
}
