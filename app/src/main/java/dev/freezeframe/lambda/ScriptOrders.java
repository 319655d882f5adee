package dev.freezeframe.lambda;

import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.ScriptOrder;
import dev.freezeframe.consistency.ScriptRunner;
import dev.freezeframe.consistency.SsmScriptRunner;
import dev.freezeframe.policy.Scripts;
import java.time.Duration;

/** The scripts of an execution, ready to be sent. */
final class ScriptOrders {
  private ScriptOrders() {}

  static ScriptRunner runner(Surroundings surroundings) {
    return new SsmScriptRunner(
        surroundings.ssmOnce(), surroundings.ssm(), surroundings.clock(), surroundings.pause());
  }

  static ScriptOrder of(InstanceOrder order, Script script) {
    return new ScriptOrder(
        order.instanceId(), order.work().document(), script, order.attemptId(), timeout(order));
  }

  static Duration timeout(InstanceOrder order) {
    return order
        .work()
        .policy()
        .scripts()
        .map(Scripts::timeout)
        .orElseThrow(() -> Work.missing("policy.scripts", "scripts that run"));
  }
}
