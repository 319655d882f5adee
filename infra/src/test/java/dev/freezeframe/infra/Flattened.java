package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/**
 * The template of a stack with those of its nested stacks put into it, as CloudFormation would
 * deploy all of them: what is passed on as a parameter stands where it is used.
 */
public final class Flattened {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Flattened() {}

  public static ObjectNode of(Stack stack) {
    ObjectNode template = read(stack);
    ObjectNode resources = (ObjectNode) template.get("Resources");
    Map<String, JsonNode> outputs = new TreeMap<>();
    nested(stack)
        .forEach(
            (id, nested) -> {
              JsonNode passed = resources.remove(id).at("/Properties/Parameters");
              ObjectNode own = read(nested);
              own.get("Resources")
                  .properties()
                  .forEach(
                      field ->
                          resources.set(
                              id + field.getKey(), filledIn(field.getValue(), passed, id)));
              own.path("Outputs")
                  .properties()
                  .forEach(
                      field ->
                          outputs.put(
                              "%s.Outputs.%s".formatted(id, field.getKey()),
                              filledIn(field.getValue().get("Value"), passed, id)));
            });
    return (ObjectNode) handedOn(template, outputs);
  }

  /** With the value of a nested stack's output wherever another stack asks for it. */
  private static JsonNode handedOn(JsonNode value, Map<String, JsonNode> outputs) {
    JsonNode asked = value.path("Fn::GetAtt");
    String output = "%s.%s".formatted(asked.path(0).asText(), asked.path(1).asText());
    if (outputs.containsKey(output)) {
      return handedOn(outputs.get(output), outputs);
    }
    if (value.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> filled.add(handedOn(item, outputs)));
      return filled;
    }
    if (value.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(field -> filled.set(field.getKey(), handedOn(field.getValue(), outputs)));
      return filled;
    }
    return value;
  }

  /** By the logical id that each has in the template of its parent. */
  static Map<String, NestedStack> nested(Stack stack) {
    Map<String, NestedStack> nested = new TreeMap<>();
    Stream.concat(
            stack.getNode().getChildren().stream(),
            stack.getNode().findChild("Policies").getNode().getChildren().stream())
        .filter(NestedStack.class::isInstance)
        .map(NestedStack.class::cast)
        .forEach(
            child ->
                nested.put(
                    stack.getLogicalId(
                        (software.amazon.awscdk.CfnElement) child.getNestedStackResource()),
                    child));
    return nested;
  }

  static ObjectNode read(Stack stack) {
    return MAPPER.valueToTree(Template.fromStack(stack).toJSON());
  }

  private static JsonNode filledIn(JsonNode value, JsonNode passed, String prefix) {
    if (value.has("Ref") && !value.get("Ref").asText().startsWith("AWS::")) {
      JsonNode parameter = passed.get(value.get("Ref").asText());
      return parameter != null
          ? parameter
          : MAPPER.createObjectNode().put("Ref", prefix + value.get("Ref").asText());
    }
    if (value.has("Fn::GetAtt")) {
      ArrayNode path = JsonNodeFactory.instance.arrayNode();
      path.add(prefix + value.at("/Fn::GetAtt/0").asText()).add(value.at("/Fn::GetAtt/1"));
      return MAPPER.createObjectNode().set("Fn::GetAtt", path);
    }
    if (value.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> filled.add(filledIn(item, passed, prefix)));
      return filled;
    }
    if (value.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(field -> filled.set(field.getKey(), dependsOn(field, passed, prefix)));
      return filled;
    }
    return value;
  }

  private static JsonNode dependsOn(
      Map.Entry<String, JsonNode> field, JsonNode passed, String prefix) {
    if (!field.getKey().equals("DependsOn")) {
      return filledIn(field.getValue(), passed, prefix);
    }
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    field.getValue().forEach(id -> ids.add(TextNode.valueOf(prefix + id.asText())));
    return ids;
  }
}
