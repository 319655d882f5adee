package dev.freezeframe.consistency.script;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import java.time.Duration;

/**
 * One script to run on one instance.
 *
 * @param timeout for its execution; delivery has a bound of its own
 */
public record ScriptOrder(
    InstanceId instance,
    DocumentVersion document,
    Script script,
    AttemptId attempt,
    Duration timeout) {

  /**
   * The value of the parameter {@code executionId}. A dry run belongs to no attempt: it gets the
   * default that every document of the contract has, as anyone who runs a document by hand does.
   */
  public String executionId() {
    return script == Script.DRY_RUN ? "None" : attempt.value();
  }

  /** By which the command is found again: the comment that Run Command keeps with it. */
  public String comment() {
    return "freezeframe %s %s".formatted(script.parameter(), attempt);
  }
}
