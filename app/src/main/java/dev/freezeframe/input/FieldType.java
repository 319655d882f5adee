package dev.freezeframe.input;

import dev.freezeframe.common.Quoted;
import java.util.Optional;

/**
 * One kind of value: how it is read from a file, and what it may be, wherever it comes from.
 *
 * @param <T> what it is read as
 */
@FunctionalInterface
public interface FieldType<T> {

  /** Reads the value; empty where a fault has been noted. */
  Optional<T> read(Entry entry);

  /** What was expected in the place of a value; empty if nothing is wrong with it. */
  default Optional<String> findFault(T value) {
    return Optional.empty();
  }

  /** The bounds in the words of the reference, such as {@code 10s..120s}; none: no text. */
  default String range() {
    return "";
  }

  /** What may stand in the place of a value that is missing. */
  default String expected() {
    return range();
  }

  /** A value as the reference shows it. */
  default String write(T value) {
    return String.valueOf(value);
  }

  /** A value for a sentence that refuses it. */
  default String describe(T value) {
    return Quoted.quote(String.valueOf(value));
  }
}
