package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A snapshot that is neither deleted nor vanished, as an index shows it.
 *
 * @param state empty: the index does not hold it
 * @param setSize members of its set; empty: it has not been judged
 */
public record IndexedSnapshot(
    SnapshotId snapshot,
    AttemptId set,
    PolicyName policy,
    InstanceId instance,
    Instant pointInTime,
    Optional<SnapshotState> state,
    Optional<Consistency> consistency,
    Optional<Instant> expiresAt,
    Optional<RetentionSettings> terms,
    OptionalInt setSize) {

  public IndexedSnapshot {
    pointInTime = pointInTime.truncatedTo(MILLIS);
    expiresAt = expiresAt.map(at -> at.truncatedTo(MILLIS));
  }

  /** One by its row, which knows all but the size of its set. */
  public static IndexedSnapshot of(SnapshotHistory life) {
    SnapshotRow row = life.row();
    return new IndexedSnapshot(
        row.snapshot(),
        row.set(),
        row.policy(),
        row.instance(),
        row.pointInTime(),
        Optional.of(row.state()),
        row.consistency(),
        row.expiresAt(),
        life.terms(),
        OptionalInt.empty());
  }

  /** The same with the size of the set, if only the other has it. */
  public IndexedSnapshot withSizeOf(IndexedSnapshot other) {
    return setSize.isPresent()
        ? this
        : new IndexedSnapshot(
            snapshot,
            set,
            policy,
            instance,
            pointInTime,
            state,
            consistency,
            expiresAt,
            terms,
            other.setSize);
  }

  public GroupKey group() {
    return new GroupKey(policy, instance);
  }
}
