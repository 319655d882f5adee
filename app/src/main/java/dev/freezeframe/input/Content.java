package dev.freezeframe.input;

import dev.freezeframe.common.Quoted;
import java.util.List;
import java.util.OptionalInt;

/** What stands at one place of a file, whatever format the file has. */
public interface Content {

  /** What it is by its form alone. */
  enum Kind {
    UNSET,
    TEXT,
    NUMBER,
    FLAG,
    LIST,
    GROUP
  }

  /**
   * A named value of a group.
   *
   * @param name a text, unless the file is wrong
   */
  record Member(Content name, Content value) {}

  Kind kind();

  /**
   * Of a single value: as it is written, so that {@code yes} and {@code 010} stay what they are.
   */
  String text();

  /** Of a list. */
  List<Content> items();

  /** Of a group, in the order of the file. */
  List<Member> members();

  /** Of a group: the value of a name, set or not. */
  default Content member(String name) {
    return members().stream()
        .filter(member -> member.name().text().equals(name))
        .map(Member::value)
        .findFirst()
        .orElse(YamlTree.UNSET);
  }

  /** Counted from 1; empty where the format does not say. */
  OptionalInt line();

  /** The value as a sentence says it: cut, escaped and quoted. */
  default String describe() {
    return switch (kind()) {
      case UNSET -> "empty";
      case TEXT -> Quoted.quote(text());
      case NUMBER, FLAG -> Quoted.shorten(text());
      case LIST -> "a list";
      case GROUP -> "a group of fields";
    };
  }
}
