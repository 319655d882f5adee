package dev.freezeframe.task.backup;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.slot.SlotHolder;
import java.time.Instant;
import java.util.Optional;

/**
 * The input of every task of {@code snapshot-instance}.
 *
 * @param execution ARN of the execution
 * @param work its state
 * @param redrives how often the execution was redriven; only where it matters, else 0
 * @param enteredAt when the state was entered, its retries before; only where it matters
 * @param unproved whether every attempt is meant whose thaw nothing proves, not the last one alone
 */
public record BackupInput(
    String execution,
    InstanceId instanceId,
    BackupState work,
    int redrives,
    Optional<Instant> enteredAt,
    boolean unproved) {

  /** Who holds the slots of its set. */
  public SlotHolder holder() {
    return new SlotHolder(instanceId, execution);
  }

  public AttemptId attemptId() {
    return work.attemptId(execution);
  }
}
