package dev.freezeframe.retention;

/**
 * How many sets a group loses in one plan, beside how many it has taken meanwhile.
 *
 * @param going sets that the plan deletes, without those of which no snapshot completed
 * @param size of the group, as far as it was read
 * @param taken sets of the group since the first of those that go fell due
 * @param snapshots of the sets that go
 */
record Turnover(int going, int size, int taken, int snapshots) {

  /**
   * Whether newer sets have taken the place of those that go, as in every cycle of a schedule,
   * however many sets a day it takes and for however long retention stood still. One more may go:
   * an age ends a set a moment before that day's set is taken, or when none follows any more.
   */
  boolean ordinary() {
    return going <= taken + 1;
  }
}
