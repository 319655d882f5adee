package dev.freezeframe.lambda;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.target.InstanceId;

/**
 * What every task of {@code snapshot-instance} gets.
 *
 * @param execution ARN of the execution
 * @param work its state
 */
record InstanceOrder(String execution, InstanceId instanceId, Work work) {

  AttemptId attemptId() {
    return work.attemptId(execution);
  }
}
