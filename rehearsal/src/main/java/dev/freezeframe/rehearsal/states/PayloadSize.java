package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How many bytes a payload has as JSON text without spaces in UTF-8, without writing it. */
final class PayloadSize {
  private PayloadSize() {}

  static int of(JsonNode node) {
    if (node.isTextual()) {
      return ofText(node.textValue());
    }
    if (node.isObject()) {
      int size = 2 + Math.max(0, node.size() - 1);
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        size += ofText(member.getKey()) + 1 + of(member.getValue());
      }
      return size;
    }
    if (node.isArray()) {
      int size = 2 + Math.max(0, node.size() - 1);
      for (JsonNode element : node) {
        size += of(element);
      }
      return size;
    }
    return node.asText().length();
  }

  private static int ofText(String text) {
    int size = 2 + text.length();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '"' || each == '\\') {
        size++;
      } else if (each < ' ') {
        size += "\b\f\n\r\t".indexOf(each) >= 0 ? 1 : 5;
      } else if (each >= 0x80) {
        // A surrogate is one of two, which are four bytes together.
        size += each < 0x800 || Character.isSurrogate(each) ? 1 : 2;
      }
    }
    return size;
  }
}
