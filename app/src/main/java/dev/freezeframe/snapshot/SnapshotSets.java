package dev.freezeframe.snapshot;

/** Takes snapshot sets; {@link Ec2Snapshots} finds what was taken. */
public interface SnapshotSets {

  /**
   * Takes one set, in one call that is never repeated.
   *
   * @throws SnapshotsOverQuotaException if nothing was taken, for a quota that others have used up
   * @throws SnapshotsRefusedException if nothing was taken, for a reason that passes
   * @throws SnapshotsImpossibleException if nothing was taken, for a reason that stays
   */
  SnapshotSet create(SetOrder order);
}
