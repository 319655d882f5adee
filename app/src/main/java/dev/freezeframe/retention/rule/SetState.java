package dev.freezeframe.retention.rule;

import dev.freezeframe.snapshot.SnapshotState;
import java.util.Collection;

/** Where a whole set stands. */
public enum SetState {
  /** A member has not settled. */
  PENDING,
  /** Every member completed. */
  COMPLETED,
  /** Some members completed and some failed: no point in time can be restored whole. */
  PARTIAL,
  /** No member completed. */
  FAILED;

  /** The state of a set by those of its members. */
  public static SetState of(Collection<SnapshotState> members) {
    if (members.isEmpty() || members.contains(SnapshotState.PENDING)) {
      return PENDING;
    }
    if (!members.contains(SnapshotState.ERROR)) {
      return COMPLETED;
    }
    return members.contains(SnapshotState.COMPLETED) ? PARTIAL : FAILED;
  }
}
