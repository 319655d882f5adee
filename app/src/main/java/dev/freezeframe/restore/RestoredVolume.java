package dev.freezeframe.restore;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import java.util.Optional;

/**
 * A volume of a restore, on record before it is created.
 *
 * @param creation what the plan says of it
 * @param volume that EC2 created; empty: it has not answered yet
 * @param attachedTo the instance that it was last attached to by the restore
 * @param gone why it is there no more; empty: it is, or was not created yet
 */
public record RestoredVolume(
    RestoreId restore,
    RestorePlan.Creation creation,
    Optional<VolumeId> volume,
    Optional<InstanceId> attachedTo,
    Optional<String> gone) {}
