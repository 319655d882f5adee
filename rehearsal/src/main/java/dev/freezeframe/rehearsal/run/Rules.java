package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.lambda.EventRule;
import dev.freezeframe.lambda.Json;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.events.EventBus;
import dev.freezeframe.rehearsal.events.Target;
import dev.freezeframe.rehearsal.functions.Functions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules of a deployment: which events reach which function. */
final class Rules {
  private Rules() {}

  static void connect(EventBus bus, Functions functions, String snapshotInstance) {
    Stream.of(EventRule.settledSnapshots(), EventRule.brokenExecutions(snapshotInstance))
        .forEach(
            rule -> bus.rule(rule.task(), pattern(rule), Target.function(functions, rule.task())));
  }

  private static JsonNode pattern(EventRule rule) {
    return Json.mapper()
        .valueToTree(
            Map.of(
                "account", List.of(Account.ID),
                "source", List.of(rule.source()),
                "detail-type", rule.detailTypes(),
                "detail", rule.detail()));
  }
}
