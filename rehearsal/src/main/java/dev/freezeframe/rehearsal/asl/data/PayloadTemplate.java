package dev.freezeframe.rehearsal.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A template for a payload (ASL, "Payload Template"): members whose name ends in {@code .$} are
 * filled from the data, the context object or by an intrinsic function.
 */
public interface PayloadTemplate {

  /** What the template makes of the data. */
  JsonNode fill(JsonNode data, Supplier<? extends JsonNode> context);

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if a path or an intrinsic function in it is not known
   */
  static PayloadTemplate of(JsonNode template) {
    if (template.isObject()) {
      Map<String, PayloadTemplate> members = new LinkedHashMap<>();
      template
          .properties()
          .forEach(
              member -> {
                boolean dynamic = member.getKey().endsWith(".$");
                String name =
                    dynamic
                        ? member.getKey().substring(0, member.getKey().length() - 2)
                        : member.getKey();
                members.put(
                    name,
                    dynamic ? dynamic(member.getKey(), member.getValue()) : of(member.getValue()));
              });
      return (data, context) -> {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        members.forEach((name, member) -> filled.set(name, member.fill(data, context)));
        return filled;
      };
    }
    if (template.isArray()) {
      List<PayloadTemplate> elements = new ArrayList<>();
      template.forEach(element -> elements.add(of(element)));
      return (data, context) -> {
        ArrayNode filled = JsonNodeFactory.instance.arrayNode();
        elements.forEach(element -> filled.add(element.fill(data, context)));
        return filled;
      };
    }
    return (data, context) -> template;
  }

  /** A path or an intrinsic function. */
  static PayloadTemplate dynamic(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException(
          "expected a path or an intrinsic function for %s, found %s".formatted(field, value));
    }
    if (value.asText().startsWith("States.")) {
      return IntrinsicFunction.of(field, value.asText());
    }
    JsonPath path = JsonPath.of(value.asText());
    return (data, context) -> path.get(field, data, context);
  }
}
