package dev.freezeframe.consistency;

/** The proof of an {@code APPLICATION} verdict. */
public enum Proof {
  /** The guest says which volumes it held, or it was stopped. */
  PROVED,
  /** The scripts succeeded, which is their exit codes' word alone: nothing says what they held. */
  CLAIMED;

  /** As it is said beside the verdict. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
