package dev.freezeframe.operator.doctor.check.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StopAlarmsCheckTest {
  private static final Policy POLICY = policy("hold: stop, stop: {skipIfAlarm: [late, restoring]}");

  private static Policy policy(String fields) {
    return new PolicyReader().read("p.yaml", "{name: weekly, %s}".formatted(fields));
  }

  private static Finding of(Map<String, String> states) {
    return StopAlarmsCheck.of(POLICY, Asked.answer("cloudwatch:DescribeAlarms", states));
  }

  @Test
  void aPolicyWithoutAlarmsAsksForNone() {
    assertThat(StopAlarmsCheck.named(policy("hold: stop"))).isEmpty();
    assertThat(StopAlarmsCheck.named(policy("description: freezes nothing"))).isEmpty();
    assertThat(StopAlarmsCheck.named(POLICY)).containsExactly("late", "restoring");
  }

  @Test
  void alarmsThatAreThereAndSilentPassThoughOneLacksData() {
    assertThat(of(Map.of("late", "OK", "restoring", "INSUFFICIENT_DATA")))
        .isEqualTo(Finding.pass("stop alarms weekly", "2 alarms, none rings"));
  }

  @Test
  void anAlarmThatIsNotThereFailsBecauseNothingIsEverStopped() {
    Finding finding = of(Map.of("late", "OK", "Restoring", "OK"));

    assertThat(finding.status()).isEqualTo(Finding.Status.FAIL);
    assertThat(finding.found())
        .isEqualTo(
            "no alarm of the account and the Region is 'restoring', so no instance is ever"
                + " stopped");
  }

  @Test
  void oneThatRingsIsAWarning() {
    Finding finding = of(Map.of("late", "ALARM", "restoring", "OK"));

    assertThat(finding.status()).isEqualTo(Finding.Status.WARN);
    assertThat(finding.found()).isEqualTo("'late' rings, so no instance is stopped now");
  }

  @Test
  void aCallerWhoMayNotAskIsToldWhatIsMissing() {
    assertThat(StopAlarmsCheck.of(POLICY, Asked.forbidden("cloudwatch:DescribeAlarms")).found())
        .contains("needs the permission cloudwatch:DescribeAlarms");
  }
}
