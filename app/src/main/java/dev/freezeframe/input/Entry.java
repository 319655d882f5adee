package dev.freezeframe.input;

import dev.freezeframe.input.Content.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One value of a file, with the path that leads to it.
 *
 * @param path such as {@code targets[0].key}; empty at the root
 * @param faults where what is wrong with it is noted
 */
public record Entry(String path, Content content, Violations faults) {

  /** The root of a file. */
  public Entry(Content content, Violations faults) {
    this("", content, faults);
  }

  /** The value as it is written, if it is a single one. */
  public Optional<String> text() {
    return is(Kind.TEXT) || is(Kind.NUMBER) || is(Kind.FLAG)
        ? Optional.of(content.text())
        : Optional.empty();
  }

  public boolean is(Kind kind) {
    return content.kind() == kind;
  }

  /** The value of a name in a group; unset where it is missing, or this is no group. */
  public Entry member(String name) {
    Content value = is(Kind.GROUP) ? content.member(name) : YamlTree.UNSET;
    return new Entry(path.isEmpty() ? name : path + "." + name, value, faults);
  }

  /** The members of a list; empty for any other value. */
  public List<Entry> items() {
    List<Entry> items = new ArrayList<>();
    if (is(Kind.LIST)) {
      for (Content item : content.items()) {
        items.add(new Entry("%s[%d]".formatted(path, items.size()), item, faults));
      }
    }
    return items;
  }

  /** Notes a fault; empty, so that a field can return it. */
  public <T> Optional<T> refuse(String expected) {
    return refuse(content.describe(), expected);
  }

  /** Notes a fault after which nothing more is to be read. */
  public InvalidInputException refusal(String expected) {
    return refusal(content.describe(), expected);
  }

  /** Likewise, where the value alone does not tell what is wrong with it. */
  public InvalidInputException refusal(String found, String expected) {
    refuse(found, expected);
    return faults.exception();
  }

  /** Notes a fault, where the value alone does not tell what is wrong with it. */
  public <T> Optional<T> refuse(String found, String expected) {
    faults.add(path.isEmpty() ? Violations.WHOLE_FILE : path, found, expected);
    return Optional.empty();
  }
}
