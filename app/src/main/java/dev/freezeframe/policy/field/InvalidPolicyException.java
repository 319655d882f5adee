package dev.freezeframe.policy.field;

import java.util.List;
import java.util.stream.Collectors;

/** A policy cannot be read; its message has one sentence per fault, each on its own line. */
public final class InvalidPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> faults;

  public InvalidPolicyException(List<Violation> faults) {
    super(faults.stream().map(Violation::sentence).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  /** Every fault of the policy, in the order of its sections. */
  public List<Violation> faults() {
    return faults;
  }
}
