package dev.freezeframe.drill;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.policy.Drill;

/**
 * What is to be drilled.
 *
 * @param drill how
 * @param instance that the set was taken of
 * @param reason why it is this set's turn
 */
public record DrillOrder(
    PolicyName policy, Drill drill, AttemptId set, InstanceId instance, String reason) {}
