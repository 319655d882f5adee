package dev.freezeframe.task.restore.message;

import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRow;

/**
 * The input of a function of {@code restore-set}.
 *
 * @param execution ARN
 * @param redrives how often the execution was redriven
 * @param work the state of the execution
 */
public record RestoreInput(String execution, int redrives, RestoreWork work) {

  public RestoreId id() {
    return work.restoreId();
  }

  /** Whether a restore is that of the execution, or the execution is for undoing it. */
  public boolean concerns(RestoreRow row) {
    return work.request().isEmpty() || execution.equals(row.execution());
  }

  /** Who does it, when several executions are about one restore. */
  public String who() {
    return execution + "#" + redrives;
  }

  /**
   * Whether no function of another execution, or of before a redrive, can be at work on it.
   *
   * @param claimedBy the execution that claimed the restore
   */
  public boolean alone(String claimedBy) {
    return execution.equals(claimedBy) && redrives == 0;
  }
}
