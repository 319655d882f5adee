package dev.freezeframe.rehearsal.ec2.snapshot;

import java.time.Duration;
import java.util.Optional;

/**
 * How EC2 treats one snapshot set.
 *
 * @param fails whether one of its snapshots fails
 * @param slowest how long its last snapshot takes; empty: as its size has it
 * @param early whether it is complete, and its events out, before the caller has its answer
 * @param lost whether its events are lost
 * @param doubled whether its events come twice
 * @param late how much later its events come
 * @param damage what befalls the data of its last snapshot; empty: nothing
 */
public record SnapshotBehavior(
    boolean fails,
    Optional<Duration> slowest,
    boolean early,
    boolean lost,
    boolean doubled,
    Duration late,
    Optional<SnapshotOrigin.Damage> damage) {

  /** All goes well. */
  public static final SnapshotBehavior GOOD =
      new SnapshotBehavior(
          false, Optional.empty(), false, false, false, Duration.ZERO, Optional.empty());

  /** The same, but one of its snapshots fails. */
  public SnapshotBehavior failing() {
    return new SnapshotBehavior(true, slowest, early, lost, doubled, late, damage);
  }

  /** The same, but its last snapshot takes so long. */
  public SnapshotBehavior taking(Duration time) {
    return new SnapshotBehavior(fails, Optional.of(time), early, lost, doubled, late, damage);
  }

  /** The same, but it is complete, and its events out, before the caller has its answer. */
  public SnapshotBehavior completingEarly() {
    return new SnapshotBehavior(fails, slowest, true, lost, doubled, late, damage);
  }

  /** The same, but its events are lost. */
  public SnapshotBehavior losingEvents() {
    return new SnapshotBehavior(fails, slowest, early, true, doubled, late, damage);
  }

  /** The same, but its events come twice. */
  public SnapshotBehavior doublingEvents() {
    return new SnapshotBehavior(fails, slowest, early, lost, true, late, damage);
  }

  /** The same, but its events come so much later. */
  public SnapshotBehavior delayingEvents(Duration time) {
    return new SnapshotBehavior(fails, slowest, early, lost, doubled, time, damage);
  }

  /** The same, but something befalls the data of its last snapshot. */
  public SnapshotBehavior with(SnapshotOrigin.Damage what) {
    return new SnapshotBehavior(fails, slowest, early, lost, doubled, late, Optional.of(what));
  }
}
