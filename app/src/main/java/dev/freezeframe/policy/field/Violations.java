package dev.freezeframe.policy.field;

import dev.freezeframe.common.Quoted;
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

  void add(String field, String found, String expected) {
    faults.add(new Violation(file, field, found, expected));
  }

  /** The exception for a file that cannot be looked into any further. */
  public InvalidPolicyException unreadable(String found, String expected) {
    add(WHOLE_FILE, found, expected);
    return new InvalidPolicyException(faults);
  }

  /** Whether a field, and all that stands below it, is without a fault so far. */
  boolean spare(String field) {
    return faults.stream()
        .map(Violation::field)
        .noneMatch(
            faulty ->
                faulty.equals(field)
                    || faulty.startsWith(field + ".")
                    || faulty.startsWith(field + "["));
  }

  public void raise() {
    if (!faults.isEmpty()) {
      throw new InvalidPolicyException(faults);
    }
  }
}
