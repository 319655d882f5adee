package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import java.util.Map;
import java.util.Optional;

/** Whether the rules that follow snapshots and executions are on, and lead somewhere. */
public final class RulesCheck {
  private static final String CHECK = "rules";
  private static final String DEPLOY = "npx cdk deploy";

  private RulesCheck() {}

  /**
   * A rule.
   *
   * @param state {@code ENABLED} or {@code DISABLED}
   * @param targets how many
   * @param withQueue how many of them have a queue for what fails
   */
  public record Rule(String state, long targets, long withQueue) {}

  /**
   * Decides on each.
   *
   * @param rules of the stack, and what EventBridge holds; empty if there is no such name
   */
  public static Finding of(Map<Resource, Asked<Optional<Rule>>> rules) {
    Troubles troubles = new Troubles(CHECK);
    rules.forEach(
        (resource, asked) ->
            troubles
                .answer(asked)
                .ifPresent(
                    rule ->
                        rule.ifPresentOrElse(
                            found -> judge(resource, found, troubles),
                            () ->
                                troubles.fail(
                                    "%s is gone".formatted(resource.physicalId()), DEPLOY))));
    if (rules.isEmpty()) {
      troubles.fail("the stack has none", DEPLOY);
    }
    return troubles.orElse("%s on".formatted(Troubles.count(rules.size(), "rule")));
  }

  private static void judge(Resource resource, Rule found, Troubles troubles) {
    String name = resource.physicalId();
    if (!found.state().startsWith("ENABLED")) {
      troubles.fail(
          "%s is %s: the ledger and thaws from outside wait for its events"
              .formatted(name, found.state()),
          "enable it in the EventBridge console");
    }
    int deployed = resource.properties().path("Targets").size();
    if (found.targets() != deployed) {
      troubles.fail(
          "%s has %s, deployed with %d"
              .formatted(name, Troubles.count(found.targets(), "target"), deployed),
          DEPLOY);
    } else if (found.withQueue() < found.targets()) {
      troubles.warn("%s has a target without a queue for what fails".formatted(name), DEPLOY);
    }
  }
}
