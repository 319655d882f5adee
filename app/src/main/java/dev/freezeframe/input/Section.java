package dev.freezeframe.input;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.Content.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A group of named fields in the file. A field without a value is unset, as one that is not there.
 *
 * <p>Faults of one field never hide those of another: a faulty field reads as unset.
 */
public final class Section {
  private final String path;
  private final Map<String, Content> values = new LinkedHashMap<>();
  private final Violations faults;
  private final boolean isGroup;

  /** A group that may hold any field, such as tags. */
  public Section(Entry entry) {
    path = entry.path();
    faults = entry.faults();
    isGroup = entry.is(Kind.GROUP);
    if (isGroup) {
      entry.content().members().forEach(this::enter);
    } else if (!entry.is(Kind.UNSET)) {
      entry.refuse("a group of fields");
    }
  }

  /** A group that may hold the known fields only. */
  public Section(Entry entry, List<String> known) {
    this(entry);
    List<String> unknown =
        values.keySet().stream().filter(field -> !known.contains(field)).toList();
    unknown.forEach(field -> refuseUnknown(field, known));
    values.keySet().removeAll(unknown);
  }

  /** A group of the fields that a table has for it. */
  public Section(Entry entry, FieldTable table) {
    this(entry, table.names(entry.path()));
  }

  private void enter(Content.Member member) {
    Content key = member.name();
    if (key.kind() == Kind.LIST || key.kind() == Kind.GROUP) {
      faults.add(
          path.isEmpty() ? Violations.WHOLE_FILE : path,
          "named by " + key.describe() + onLine(" on line %d", key),
          "a group of fields with plain names");
      return;
    }
    if (values.putIfAbsent(key.text(), member.value()) != null) {
      String found = "given twice" + onLine(" (again on line %d)", key);
      faults.add(path(key.text()), found, "once");
    }
  }

  private static String onLine(String words, Content content) {
    return content.line().isPresent() ? words.formatted(content.line().getAsInt()) : "";
  }

  private void refuseUnknown(String field, List<String> known) {
    String expected =
        DidYouMean.to(field, known).orElseGet(() -> "one of " + String.join(", ", known));
    faults.add(path(field), "unknown" + onLine(" (line %d)", values.get(field)), expected);
  }

  public boolean isSet(String field) {
    return values.containsKey(field) && values.get(field).kind() != Kind.UNSET;
  }

  /** Notes a fault if a field is unset. */
  public void require(String field, String expected) {
    if (isGroup && !isSet(field)) {
      refuse(field, "missing", expected);
    }
  }

  /** Reads a field; empty if it is unset and has no default, or is wrong. */
  public <T> Optional<T> read(Field<T> field) {
    if (field.required()) {
      require(field.name(), field.type().expected());
    }
    return read(field.name(), field.type()).or(field::defaultValue);
  }

  /** Reads a field that has a default. */
  public <T> T value(Field<T> field) {
    return read(field).orElseThrow();
  }

  /** Reads a number that may be unset. */
  public OptionalInt number(Field<Integer> field) {
    return read(field).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** Reads a value of a name; empty if it is unset or wrong. */
  public <T> Optional<T> read(String field, FieldType<T> type) {
    return isSet(field) ? type.read(entry(field)) : Optional.empty();
  }

  /** A group in this one. */
  public Section section(String field, FieldTable table) {
    return new Section(entry(field), table);
  }

  /** Every field of a group that may hold any. */
  public List<Map.Entry<String, Entry>> entries() {
    return values.keySet().stream().map(field -> Map.entry(field, entry(field))).toList();
  }

  /** Whether nothing is wrong with the section so far. */
  public boolean isSound() {
    return faults.spare(path);
  }

  /** Whether none of these fields has a fault, so that they can be compared. */
  public boolean isSound(Field<?>... fields) {
    return Stream.of(fields).map(Field::name).map(this::path).allMatch(faults::spare);
  }

  /** Notes what a rule refuses about fields that are sound. */
  public void check(Runnable rule) {
    try {
      rule.run();
    } catch (RefusedValueException refused) {
      refuse(refused.field(), refused.found(), refused.expected());
    }
  }

  /**
   * Makes a record of the fields. What the record refuses is noted, unless a field was wrong: then
   * its default stands in its place.
   *
   * @return empty if anything in the section is wrong
   */
  public <T> Optional<T> build(Supplier<T> record) {
    Optional<T> made = Optional.empty();
    try {
      made = Optional.of(record.get());
    } catch (RefusedValueException refused) {
      if (isSound()) {
        refuse(refused.field(), refused.found(), refused.expected());
      }
    }
    return made.filter(sound -> isSound());
  }

  public void refuse(String field, String found, String expected) {
    faults.add(path(field), found, expected);
  }

  /** The value of a name, set or not. */
  public Entry entry(String field) {
    return new Entry(path(field), values.getOrDefault(field, YamlTree.UNSET), faults);
  }

  private String path(String field) {
    String shown = field.isBlank() ? Quoted.quote(field) : Quoted.shorten(field);
    return path.isEmpty() ? shown : path + "." + shown;
  }
}
