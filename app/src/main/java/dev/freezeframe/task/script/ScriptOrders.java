package dev.freezeframe.task.script;

import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRunner;
import dev.freezeframe.consistency.ssm.SsmScriptRunner;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.backup.BackupInput;
import dev.freezeframe.task.backup.BackupState;
import java.time.Duration;

/** The scripts of an execution, ready to be sent. */
public final class ScriptOrders {
  private ScriptOrders() {}

  public static ScriptRunner runner(TaskDependencies dependencies) {
    return new SsmScriptRunner(
        dependencies.ssmWithoutRetries(),
        dependencies.ssm(),
        dependencies.clock(),
        dependencies.pause());
  }

  static ScriptOrder of(BackupInput order, Script script) {
    return new ScriptOrder(
        order.instanceId(), order.work().document(), script, order.attemptId(), timeout(order));
  }

  static Duration timeout(BackupInput order) {
    return order
        .work()
        .policy()
        .scripts()
        .map(Scripts::timeout)
        .orElseThrow(() -> BackupState.missing("policy.scripts", "scripts that run"));
  }
}
