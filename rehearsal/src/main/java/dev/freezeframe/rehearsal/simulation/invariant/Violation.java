package dev.freezeframe.rehearsal.simulation.invariant;

/**
 * An invariant that did not hold.
 *
 * @param invariant its name
 * @param found what was found, where, and what was expected
 */
public record Violation(String invariant, String found) {

  /** As text. */
  public String sentence() {
    return invariant + ": " + found;
  }
}
