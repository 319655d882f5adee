package dev.freezeframe.rehearsal.ec2.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * What the data of a snapshot truly is, which no call tells.
 *
 * @param instanceId that it was taken of
 * @param volumeId that it was taken of
 * @param takenAt when its data was taken
 * @param damage what befell its data; empty: nothing
 */
public record SnapshotOrigin(
    String instanceId, String volumeId, Instant takenAt, Optional<Damage> damage) {

  /** What is wrong with the data of a snapshot. */
  public enum Damage {
    /** Its file system cannot be mounted. */
    UNREADABLE,
    /** It can, and a check of it finds damage. */
    DAMAGED
  }
}
