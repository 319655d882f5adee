package dev.freezeframe.rehearsal.fleet;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where something stands in a file.
 *
 * @param path such as {@code Reservations[0].Instances[1]}, empty string at the root
 */
record Place(String file, String path) {

  static Place root(String file) {
    return new Place(file, "");
  }

  Place member(String name) {
    return new Place(file, path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index) {
    return new Place(file, path + "[" + index + "]");
  }

  FleetException wrong(JsonNode found, String expected) {
    return wrong(describe(found), expected);
  }

  FleetException wrong(String found, String expected) {
    return new FleetException(file, path, found, expected);
  }

  private static String describe(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING, NULL -> "missing";
      case OBJECT -> "an object";
      case ARRAY -> "a list of " + node.size();
      case STRING -> "'" + node.asText() + "'";
      case NUMBER, BOOLEAN -> node.asText();
      case BINARY, POJO -> "something else";
    };
  }
}
