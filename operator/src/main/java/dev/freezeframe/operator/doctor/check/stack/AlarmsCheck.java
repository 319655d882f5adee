package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import java.util.List;
import java.util.Map;

/** Whether the alarms are there, call somebody, and are silent. */
public final class AlarmsCheck {
  private static final String CHECK = "alarms";
  private static final String DEPLOY = "npx cdk deploy";

  private AlarmsCheck() {}

  /**
   * An alarm.
   *
   * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
   * @param actionsEnabled false: somebody has muted it
   * @param actions how many are notified of it when it begins
   */
  public record Alarm(String state, boolean actionsEnabled, int actions, double threshold) {}

  /**
   * Decides.
   *
   * @param deployed the alarms of the stack
   * @param asked those that CloudWatch has, by name
   */
  public static Finding of(List<Resource> deployed, Asked<Map<String, Alarm>> asked) {
    if (asked.value().isEmpty()) {
      return Finding.unanswered(CHECK, asked);
    }
    Troubles troubles = new Troubles(CHECK);
    for (Resource resource : deployed) {
      Alarm alarm = asked.value().get().get(resource.physicalId());
      if (alarm == null) {
        troubles.fail("%s is gone".formatted(resource.physicalId()), DEPLOY);
      } else {
        judge(resource, alarm, troubles);
      }
    }
    if (deployed.isEmpty()) {
      troubles.fail("the stack has none", DEPLOY);
    }
    return troubles.orElse("%s, none rings".formatted(Troubles.count(deployed.size(), "alarm")));
  }

  private static void judge(Resource resource, Alarm alarm, Troubles troubles) {
    String name = resource.physicalId();
    if (alarm.state().equals("ALARM")) {
      troubles.fail(
          "%s rings".formatted(name), "docs/operations.md says what it means and what to do");
    } else if (!alarm.state().equals("OK")) {
      troubles.warn(
          "%s has not been judged yet".formatted(name),
          "run it again in some minutes; CloudWatch judges an alarm after its first period");
    }
    if (!alarm.actionsEnabled()) {
      troubles.fail("%s is muted".formatted(name), "aws cloudwatch enable-alarm-actions");
    }
    if (alarm.actions() < resource.properties().path("AlarmActions").size()
        || alarm.threshold() != resource.properties().path("Threshold").asDouble()) {
      troubles.fail("%s was changed by hand".formatted(name), DEPLOY);
    }
  }
}
