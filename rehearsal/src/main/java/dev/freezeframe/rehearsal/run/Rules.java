package dev.freezeframe.rehearsal.run;

import dev.freezeframe.common.Json;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.events.EventBus;
import dev.freezeframe.rehearsal.events.Target;
import dev.freezeframe.task.trigger.DeployedSchedule;
import dev.freezeframe.task.trigger.EventRule;
import java.util.function.Function;

/** The rules of a deployment: which events start which function or state machine. */
final class Rules {
  private Rules() {}

  /**
   * Connects them.
   *
   * @param targets makes what a rule starts
   */
  static void connect(
      EventBus bus,
      Function<DeployedSchedule.Target, Target> targets,
      String snapshotInstance,
      String restoreSet,
      String drillSet) {
    EventRule.all(snapshotInstance, restoreSet, drillSet)
        .forEach(
            rule ->
                bus.rule(
                    rule.target().name(),
                    Json.mapper().valueToTree(rule.pattern(Account.ID)),
                    targets.apply(rule.target())));
  }
}
