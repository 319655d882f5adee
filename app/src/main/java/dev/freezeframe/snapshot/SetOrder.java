package dev.freezeframe.snapshot;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.policy.Tagging;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.VolumeSelection;

/** One snapshot set to take. */
public record SetOrder(
    AttemptId id,
    InstanceId instance,
    PolicyName policy,
    RunId run,
    VolumeSelection volumes,
    Tagging tagging) {}
