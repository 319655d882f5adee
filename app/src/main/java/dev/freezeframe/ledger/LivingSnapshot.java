package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.snapshot.SnapshotId;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.target.InstanceId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A snapshot that is neither deleted nor vanished, as an index shows it.
 *
 * @param state empty: the index does not hold it
 * @param setSize members of its set; empty: it has not been judged
 */
public record LivingSnapshot(
    SnapshotId snapshot,
    AttemptId set,
    PolicyName policy,
    InstanceId instance,
    Instant pointInTime,
    Optional<SnapshotState> state,
    Optional<Consistency> consistency,
    Optional<Instant> expiresAt,
    Optional<Terms> terms,
    OptionalInt setSize) {

  public LivingSnapshot {
    pointInTime = pointInTime.truncatedTo(MILLIS);
    expiresAt = expiresAt.map(at -> at.truncatedTo(MILLIS));
  }

  /** One by its row, which knows all but the size of its set. */
  public static LivingSnapshot of(SnapshotLife life) {
    SnapshotRow row = life.row();
    return new LivingSnapshot(
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

  public GroupKey group() {
    return new GroupKey(policy, instance);
  }
}
