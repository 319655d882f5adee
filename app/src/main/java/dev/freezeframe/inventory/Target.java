package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;

/**
 * One instance that a run backs up.
 *
 * @param reason why it is one, such as {@code tagged snapshot=snapshot}
 * @param startAfterSeconds how long after the page was selected its backup starts
 * @param executionName of its backup: the same for the same instance, policy and scheduled time
 */
public record Target(
    InstanceId instanceId, String reason, long startAfterSeconds, String executionName) {}
