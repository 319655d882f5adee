package dev.freezeframe.input;

import java.util.List;
import java.util.stream.Collectors;

/** A file cannot be used; its message has one sentence per fault, each on its own line. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> faults;

  public InvalidInputException(List<Violation> faults) {
    super(faults.stream().map(Violation::sentence).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Every fault of the file, in the order of its sections. */
  public List<Violation> faults() {
    return faults;
  }

  /** The faults, a sentence each. */
  public List<String> sentences() {
    return faults.stream().map(Violation::sentence).toList();
  }
}
