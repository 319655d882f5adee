package dev.freezeframe.snapshot;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.policy.Tagging;

/** One snapshot set to take. */
public record SetOrder(
    AttemptId id,
    InstanceId instance,
    PolicyName policy,
    RunId run,
    VolumeSelection volumes,
    Tagging tagging) {}
