package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Stop;
import java.util.List;
import java.util.Map;

/** Whether the alarms exist that keep a policy from stopping instances. */
public final class StopAlarmsCheck {
  private StopAlarmsCheck() {}

  /** The alarms that a policy names; none if it names none. */
  public static List<String> named(Policy policy) {
    return policy.stop().map(Stop::skipIfAlarm).orElse(List.of());
  }

  /**
   * Decides.
   *
   * @param asked the state of those that exist, by name
   */
  public static Finding of(Policy policy, Asked<Map<String, String>> asked) {
    String check = "stop alarms " + policy.name();
    if (asked.value().isEmpty()) {
      return Finding.unanswered(check, asked);
    }
    Troubles troubles = new Troubles(check);
    List<String> names = named(policy);
    for (String name : names) {
      String state = asked.value().get().get(name);
      if (state == null) {
        troubles.fail(
            "no alarm of the account and the Region is %s, so no instance is ever stopped"
                .formatted(Quoted.quote(name)),
            "correct stop.skipIfAlarm, or make the alarm");
      } else if (state.equals("ALARM")) {
        troubles.warn(
            "%s rings, so no instance is stopped now".formatted(Quoted.quote(name)),
            "see what it is about");
      }
    }
    return troubles.orElse("%s, none rings".formatted(Troubles.count(names.size(), "alarm")));
  }
}
