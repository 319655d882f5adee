package dev.freezeframe.operator.doctor.aws.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;
import java.util.Optional;

/**
 * The template of a stack, with what CloudFormation fills in as far as it tells: ids of resources,
 * parameters, outputs of nested stacks.
 */
final class StackTemplate {
  /** A template is JSON or YAML, and JSON is YAML. */
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private final JsonNode resources;
  private final Map<String, String> known;

  /**
   * A template.
   *
   * @param known what {@code Ref} gives by name, and {@code Fn::GetAtt} by {@code NAME.ATTRIBUTE}
   */
  StackTemplate(String body, Map<String, String> known) {
    this.resources = parsed(body).path("Resources");
    this.known = Map.copyOf(known);
  }

  /** The properties of a resource; what is not known stands as the template has it. */
  JsonNode properties(String logicalId) {
    return filledIn(resources.path(logicalId).path("Properties"));
  }

  private JsonNode filledIn(JsonNode value) {
    Optional<String> given = reference(value).map(known::get);
    if (given.isPresent()) {
      return TextNode.valueOf(given.get());
    }
    if (value.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> filled.add(filledIn(item)));
      return filled;
    }
    if (value.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      value.properties().forEach(field -> filled.set(field.getKey(), filledIn(field.getValue())));
      return filled;
    }
    return value;
  }

  private static Optional<String> reference(JsonNode value) {
    if (value.size() != 1) {
      return Optional.empty();
    }
    JsonNode attribute = value.path("Fn::GetAtt");
    return value.has("Ref")
        ? Optional.of(value.path("Ref").asText())
        : Optional.of(attribute)
            .filter(JsonNode::isArray)
            .map(path -> path.path(0).asText() + "." + path.path(1).asText());
  }

  private static JsonNode parsed(String template) {
    try {
      return MAPPER.readTree(template);
    } catch (JsonProcessingException unreadable) {
      // One that this cannot read names nothing that should be there.
      return MissingNode.getInstance();
    }
  }
}
