package dev.freezeframe.slot;

import dev.freezeframe.common.InstanceId;

/**
 * Who holds slots.
 *
 * @param instance whose set they are for
 * @param execution ARN, of {@code snapshot-instance}
 */
public record SlotHolder(InstanceId instance, String execution) {}
