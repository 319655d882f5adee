package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.Optional;

/**
 * News that a snapshot settled.
 *
 * @param state COMPLETED or ERROR
 * @param at when it settled, as the event or EC2 says
 */
public record SnapshotChange(
    SnapshotId snapshot, SnapshotState state, Instant at, Optional<String> cause) {

  public SnapshotChange {
    if (!state.settled()) {
      throw new IllegalArgumentException(
          "change of %s: expected COMPLETED or ERROR, found %s".formatted(snapshot, state));
    }
    at = at.truncatedTo(MILLIS);
  }

  /**
   * What EC2 shows of a snapshot that has settled.
   *
   * @param now taken for the time at which it settled where EC2 does not say
   */
  public static SnapshotChange of(Ec2Snapshot settled, Instant now) {
    return new SnapshotChange(
        settled.snapshot(), settled.state(), settled.completedAt().orElse(now), settled.message());
  }

  /** The effect of a change. */
  public enum Effect {
    /** The row has moved. */
    APPLIED,
    /** The row had settled before; nothing changed. */
    ALREADY_SETTLED,
    /** There is no such row yet; kept for some days, and merged if it appears. */
    KEPT_EARLY
  }
}
