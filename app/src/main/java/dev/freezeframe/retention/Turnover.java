package dev.freezeframe.retention;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many sets a group loses in one plan, beside how many it has taken meanwhile.
 *
 * @param going sets that the plan deletes, without those of which no snapshot completed
 * @param size of the group
 * @param taken sets of the group since the first of those that go fell due
 * @param snapshots of the sets that go
 */
record Turnover(int going, int size, int taken, int snapshots) {

  static Turnover of(GroupDecider.Decided decided) {
    List<RetentionCandidate> going =
        decided.sets().stream().filter(set -> decided.on(set.set()).losesBackup()).toList();
    Optional<Instant> firstDue =
        going.stream().flatMap(set -> set.dueAt().stream()).min(Comparator.naturalOrder());
    long taken =
        decided.group().sets().stream()
            .filter(set -> firstDue.map(due -> !set.pointInTime().isBefore(due)).orElse(false))
            .count();
    int snapshots = going.stream().mapToInt(set -> set.members().size()).sum();
    return new Turnover(going.size(), decided.group().sets().size(), (int) taken, snapshots);
  }

  /**
   * Whether newer sets have taken the place of those that go, as in every cycle of a schedule,
   * however many sets a day it takes and for however long retention stood still. One more may go:
   * an age ends a set a moment before that day's set is taken, or when none follows any more.
   */
  boolean ordinary() {
    return going <= taken + 1;
  }
}
