package dev.freezeframe.slot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.util.Optional;

/**
 * A snapshot of the account, no matter who took it, that is pending or has failed.
 *
 * @param set the set that its tags name; empty: they name none
 * @param failed whether it is in error: it counts against the quota of its volume, and not against
 *     that of pending snapshots
 */
public record PendingSnapshot(
    SnapshotId snapshot, VolumeId volume, Optional<AttemptId> set, boolean failed) {}
