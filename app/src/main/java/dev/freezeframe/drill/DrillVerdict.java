package dev.freezeframe.drill;

/** What a drill says of its set. */
public enum DrillVerdict {
  PASSED,
  /** The set is good, and something about it or the drill is not as it should be. */
  PASSED_WITH_WARNINGS,
  /** The set cannot be relied on, or could not be restored as it should. */
  FAILED,
  /** The drill itself failed: nothing is said of the set. */
  INCONCLUSIVE,
  /** Nothing was tried; the reason says why. */
  SKIPPED;

  /** Whether the set is proved. */
  public boolean passed() {
    return this == PASSED || this == PASSED_WITH_WARNINGS;
  }

  /** Whether it says anything of the set. */
  public boolean conclusive() {
    return passed() || this == FAILED;
  }
}
