package dev.freezeframe.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A value of a JSON tree; what is null is not there. */
record JsonContent(JsonNode node) implements Content {

  @Override
  public Kind kind() {
    return switch (node.getNodeType()) {
      case MISSING, NULL -> Kind.UNSET;
      case OBJECT -> Kind.GROUP;
      case ARRAY -> Kind.LIST;
      case NUMBER -> Kind.NUMBER;
      case BOOLEAN -> Kind.FLAG;
      case STRING, BINARY, POJO -> Kind.TEXT;
    };
  }

  @Override
  public String text() {
    return node.asText();
  }

  @Override
  public List<Content> items() {
    List<Content> items = new ArrayList<>();
    node.forEach(item -> items.add(new JsonContent(item)));
    return items;
  }

  @Override
  public List<Member> members() {
    return node.properties().stream()
        .map(
            member ->
                new Member(
                    new JsonContent(TextNode.valueOf(member.getKey())),
                    new JsonContent(member.getValue())))
        .toList();
  }

  @Override
  public Content member(String name) {
    return new JsonContent(node.path(name));
  }

  @Override
  public OptionalInt line() {
    return OptionalInt.empty();
  }

  @Override
  public String describe() {
    return switch (node.getNodeType()) {
      case MISSING -> "missing";
      case OBJECT -> "an object";
      default -> Content.super.describe();
    };
  }
}
