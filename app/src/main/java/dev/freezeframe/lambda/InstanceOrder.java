package dev.freezeframe.lambda;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.target.InstanceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What every task of {@code snapshot-instance} gets.
 *
 * @param execution ARN of the execution
 * @param work its state
 * @param redrives how often the execution was redriven; only where it matters, else 0
 * @param enteredAt when the state was entered, its retries before; only where it matters
 * @param unproved whether every attempt is meant whose thaw nothing proves, not the last one alone
 */
record InstanceOrder(
    String execution,
    InstanceId instanceId,
    Work work,
    int redrives,
    Optional<Instant> enteredAt,
    boolean unproved) {

  AttemptId attemptId() {
    return work.attemptId(execution);
  }
}
