package dev.freezeframe.input;

import dev.freezeframe.common.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The faults of one file, collected while it is read. */
public final class Violations {
  static final String WHOLE_FILE = "the file";

  private final String file;
  private final List<Violation> faults = new ArrayList<>();

  public Violations(String file) {
    this.file = Quoted.escape(file);
  }

  /**
   * The text of a file.
   *
   * @param largest in bytes
   * @param expected what was to be in it, for the sentence that refuses it
   * @throws InvalidInputException if it is missing, too large or no text
   */
  public static String readText(Path file, int largest, String expected) {
    try {
      return TextFile.read(file, largest);
    } catch (UnreadableFileException unreadable) {
      throw new Violations(file.toString()).unreadable(unreadable.getMessage(), expected);
    }
  }

  void add(String field, String found, String expected) {
    faults.add(new Violation(file, field, found, expected));
  }

  /** The exception for a file that cannot be looked into any further. */
  public InvalidInputException unreadable(String found, String expected) {
    add(WHOLE_FILE, found, expected);
    return exception();
  }

  /** Whether a field, and all that stands below it, is without a fault so far. */
  boolean spare(String field) {
    return faults.stream()
        .map(Violation::field)
        .noneMatch(
            faulty ->
                field.isEmpty()
                    || faulty.equals(field)
                    || faulty.startsWith(field + ".")
                    || faulty.startsWith(field + "["));
  }

  /** Throws if anything is wrong. */
  public void raise() {
    if (!faults.isEmpty()) {
      throw exception();
    }
  }

  InvalidInputException exception() {
    return new InvalidInputException(faults);
  }
}
