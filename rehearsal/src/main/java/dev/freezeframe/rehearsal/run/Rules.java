package dev.freezeframe.rehearsal.run;

import dev.freezeframe.common.Json;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.events.EventBus;
import dev.freezeframe.rehearsal.events.Target;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.task.EventRule;

/** The rules of a deployment: which events reach which function. */
final class Rules {
  private Rules() {}

  static void connect(EventBus bus, Functions functions, String snapshotInstance) {
    EventRule.all(snapshotInstance)
        .forEach(
            rule ->
                bus.rule(
                    rule.task(),
                    Json.mapper().valueToTree(rule.pattern(Account.ID)),
                    Target.function(functions, rule.task())));
  }
}
