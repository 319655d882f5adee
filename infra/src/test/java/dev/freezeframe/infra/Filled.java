package dev.freezeframe.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freezeframe.rehearsal.cloud.Account;
import java.util.Map;
import java.util.TreeMap;

/** Fills in what CloudFormation fills in: what resources are called once they are there. */
final class Filled {
  private final Map<String, String> known = new TreeMap<>();

  Filled() {
    known.put("AWS::AccountId", Account.ID);
    known.put("AWS::Partition", "aws");
    known.put("AWS::Region", Account.REGION);
    known.put("AWS::StackName", "freezeframe");
    known.put("AWS::URLSuffix", "amazonaws.com");
  }

  /** What {@code Ref} gives for a resource that is there. */
  void created(String logicalId, String ref) {
    known.put(logicalId, ref);
  }

  /** What {@code Fn::GetAtt} gives. */
  void created(String logicalId, String attribute, String value) {
    known.put(logicalId + "." + attribute, value);
  }

  String text(JsonNode value) {
    return tree(value).asText();
  }

  /** A value with everything in it filled in. */
  JsonNode tree(JsonNode value) {
    if (value.has("Ref")) {
      return found(value.get("Ref").asText());
    }
    if (value.has("Fn::GetAtt")) {
      JsonNode path = value.get("Fn::GetAtt");
      return found(path.get(0).asText() + "." + path.get(1).asText());
    }
    if (value.has("Fn::Join")) {
      StringBuilder joined = new StringBuilder();
      value.at("/Fn::Join/1").forEach(part -> joined.append(text(part)));
      return TextNode.valueOf(joined.toString());
    }
    if (value.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      value.forEach(item -> filled.add(tree(item)));
      return filled;
    }
    if (value.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      value.properties().forEach(field -> filled.set(field.getKey(), tree(field.getValue())));
      return filled;
    }
    return value;
  }

  private JsonNode found(String what) {
    String value = known.get(what);
    if (value == null) {
      throw new IllegalArgumentException(
          "%s: expected a resource that was created before, found none".formatted(what));
    }
    return TextNode.valueOf(value);
  }
}
