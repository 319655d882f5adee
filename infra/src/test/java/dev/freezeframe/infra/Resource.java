package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A resource of the template, and how to read what CloudFormation would fill in. */
public record Resource(JsonNode json) {

  public JsonNode property(String pointer) {
    return json.path("Properties").at(pointer);
  }

  /** A value as text: what CloudFormation fills in stands as {@code <LogicalId>}. */
  public static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.has("Ref")) {
      return "<" + value.get("Ref").asText().replace("AWS::", "") + ">";
    }
    if (value.has("Fn::GetAtt")) {
      return "<" + value.get("Fn::GetAtt").get(0).asText() + ">";
    }
    if (value.has("Fn::Join")) {
      StringBuilder joined = new StringBuilder();
      value.get("Fn::Join").get(1).forEach(part -> joined.append(text(part)));
      return joined.toString();
    }
    return value.toString();
  }

  /** One or several values, which CloudFormation writes the same way. */
  public static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(one -> texts.add(text(one)));
    } else if (!value.isMissingNode()) {
      texts.add(text(value));
    }
    return texts;
  }
}
