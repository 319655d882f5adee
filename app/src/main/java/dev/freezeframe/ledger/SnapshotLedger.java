package dev.freezeframe.ledger;

import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.SetVerdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Snapshots from their making to the verdict on their set. */
public interface SnapshotLedger {

  /**
   * Records snapshots as pending, whatever state, verdict and expiry the given rows name, and first
   * of all their group, so that no row is ever out of a reconcile's sight. Merges events that came
   * before their row. A row that is there already stays as it is.
   */
  void recordSnapshots(List<SnapshotRow> snapshots);

  /** Moves a snapshot from pending to a settled state, never back. */
  SnapshotChange.Effect apply(SnapshotChange change);

  /** The rows of some snapshots, by id; those without a row are left out. */
  List<SnapshotRow> snapshots(Collection<SnapshotId> ids);

  /** The snapshots of one run, by id; through an index, so the newest may be missing. */
  List<SnapshotRow> snapshotsOf(RunId run);

  /**
   * Records the verdict on a set, on each of its rows; a snapshot that has no row, or does not live
   * any more, gets none. A later verdict replaces an earlier one, and with it the expiry.
   */
  void recordVerdict(Collection<SnapshotId> set, SetVerdict verdict, Optional<Instant> expiresAt);

  /** Records the verdict on a set, and the terms under which retention decides on it. */
  void recordVerdict(
      Collection<SnapshotId> set,
      SetVerdict verdict,
      Optional<Instant> expiresAt,
      RetentionSettings terms);
}
