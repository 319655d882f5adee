package dev.freezeframe.policy;

import java.util.ArrayList;
import java.util.List;

/** The faults of one file, collected while it is read. */
final class Faults {
  static final String WHOLE_FILE = "the file";

  private final String file;
  private final List<PolicyFault> faults = new ArrayList<>();

  Faults(String file) {
    this.file = Found.escape(file);
  }

  void add(String field, String found, String expected) {
    faults.add(new PolicyFault(file, field, found, expected));
  }

  /** The exception for a file that cannot be looked into any further. */
  InvalidPolicyException unreadable(String found, String expected) {
    add(WHOLE_FILE, found, expected);
    return new InvalidPolicyException(faults);
  }

  /** Whether a field, and all that stands below it, is without a fault so far. */
  boolean spare(String field) {
    return faults.stream()
        .map(PolicyFault::field)
        .noneMatch(
            faulty ->
                faulty.equals(field)
                    || faulty.startsWith(field + ".")
                    || faulty.startsWith(field + "["));
  }

  void raise() {
    if (!faults.isEmpty()) {
      throw new InvalidPolicyException(faults);
    }
  }
}
