package dev.freezeframe.input;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One field of a file: all that is known of it, for the reader, the record that holds it, the
 * sentences that refuse it and the reference.
 *
 * @param path such as {@code scripts.timeout}
 * @param defaultValue what holds where the field is unset; empty: nothing does
 * @param required whether it must be set
 * @param meaning what it says, in the words of the reference
 * @param note what the reference says of its limit besides the range, such as whose it is
 */
public record Field<T>(
    String path,
    FieldType<T> type,
    Optional<T> defaultValue,
    boolean required,
    String meaning,
    String note) {

  /** A field that may be left out, and then is unset. */
  public static <T> Field<T> optional(String path, FieldType<T> type, String meaning, String note) {
    return new Field<>(path, type, Optional.empty(), false, meaning, note);
  }

  /** A field that may be left out, and then has a default. */
  public static <T> Field<T> withDefault(
      String path, FieldType<T> type, T value, String meaning, String note) {
    return new Field<>(path, type, Optional.of(value), false, meaning, note);
  }

  /** A field that must be set. */
  public static <T> Field<T> required(String path, FieldType<T> type, String meaning, String note) {
    return new Field<>(path, type, Optional.empty(), true, meaning, note);
  }

  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Whether the field stands in a section; the section of the root has no name. */
  boolean isIn(String section) {
    return section.isEmpty() || path.startsWith(section + ".");
  }

  /**
   * Holds a component of a record to the limit of the field.
   *
   * @throws RefusedValueException if it is missing, or beyond it
   */
  public void check(T value) {
    if (value == null) {
      throw new RefusedValueException(name(), "missing", type.expected());
    }
    type.findFault(value)
        .ifPresent(
            expected -> {
              throw new RefusedValueException(name(), type.describe(value), expected);
            });
  }

  /** Likewise, where it may be unset. */
  public void check(Optional<T> value) {
    value.ifPresent(this::check);
  }

  /** Likewise, for a number that may be unset. */
  public static void check(Field<Integer> field, OptionalInt value) {
    if (value.isPresent()) {
      field.check(value.getAsInt());
    }
  }

  /** The row of the reference. */
  public String row() {
    String otherwise = defaultValue.map(type::write).orElse(required ? "required" : "none");
    return "| `%s` | %s | %s | %s |"
        .formatted(path, meaning, otherwise, type.range() + note)
        .replace("|  |", "| |");
  }
}
