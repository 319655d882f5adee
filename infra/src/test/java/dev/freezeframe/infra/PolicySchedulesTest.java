package dev.freezeframe.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.infra.settings.Setting;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicySchedulesTest {
  private static final String OVERDUE = Metric.RECOVERY_POINT_OVERDUE.id();

  private static long alarmsOfMissingRecoveryPoints(JsonNode template) {
    return Synthesized.resources(template, "AWS::CloudWatch::Alarm").values().stream()
        .filter(alarm -> alarm.json().findValuesAsText("MetricName").contains(OVERDUE))
        .count();
  }

  private static Resource schedule(String name) {
    return Synthesized.resources("AWS::Scheduler::Schedule").values().stream()
        .filter(schedule -> schedule.property("/Name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPolicyFiresWhenItSays() {
    Resource frozen = schedule("frozen");

    assertThat(frozen.property("/ScheduleExpression").asText()).isEqualTo("cron(15 2 * * ? *)");
    assertThat(frozen.property("/ScheduleExpressionTimezone").asText()).isEqualTo("Europe/Berlin");
    assertThat(frozen.property("/FlexibleTimeWindow").toString())
        .isEqualTo("{\"MaximumWindowInMinutes\":30,\"Mode\":\"FLEXIBLE\"}");
    assertThat(frozen.property("/State").asText()).isEqualTo("ENABLED");
    assertThat(schedule("hourly").property("/ScheduleExpression").asText())
        .isEqualTo("rate(6 hours)");
    assertThat(schedule("hourly").property("/FlexibleTimeWindow").toString())
        .isEqualTo("{\"Mode\":\"OFF\"}");
  }

  /** The Scheduler takes names of the IANA database alone; what Java calls {@code Z} is not one. */
  @Test
  void everyTimeZoneIsOneOfTheIanaDatabase() {
    assertThat(Synthesized.resources("AWS::Scheduler::Schedule").values())
        .hasSizeGreaterThan(4)
        .extracting(schedule -> schedule.property("/ScheduleExpressionTimezone").asText())
        .isSubsetOf(ZoneId.getAvailableZoneIds());
  }

  /** A rate without a start fires as soon as its schedule is made. */
  @Test
  void noScheduleOfTheSystemFiresWhenItIsDeployed() {
    assertThat(Synthesized.resources("AWS::Scheduler::Schedule").values())
        .filteredOn(schedule -> schedule.property("/Name").asText().startsWith("freezeframe."))
        .hasSizeGreaterThan(1)
        .allMatch(schedule -> schedule.property("/ScheduleExpression").asText().startsWith("cron"));
  }

  @Test
  void aPolicyThatIsNotEnabledIsDisabledAndNotGone() {
    assertThat(schedule("resting").property("/State").asText()).isEqualTo("DISABLED");
  }

  @Test
  void whatIsPausedIsDisabledAndNotGone() {
    JsonNode template = Flattened.of(Synthesized.with(Map.of(Setting.PAUSED.key(), "true")));

    assertThat(Synthesized.resources(template, "AWS::Scheduler::Schedule").values())
        .hasSizeGreaterThan(4)
        .filteredOn(schedule -> !schedule.property("/Name").asText().contains(".wake."))
        .filteredOn(schedule -> !putsRight(schedule))
        .allMatch(schedule -> schedule.property("/State").asText().equals("DISABLED"));
    assertThat(Synthesized.resources(template, "AWS::Scheduler::Schedule").values())
        .as("what is stopped is started, and an abandoned restore or drill undone, paused or not")
        .filteredOn(PolicySchedulesTest::putsRight)
        .hasSize(3)
        .allMatch(schedule -> schedule.property("/State").asText().equals("ENABLED"));
    assertThat(alarmsOfMissingRecoveryPoints(template)).isZero();
    assertThat(alarmsOfMissingRecoveryPoints(Synthesized.flattened())).isEqualTo(2);
  }

  /** Whether it looks for what an execution that ended has left. */
  private static boolean putsRight(Resource schedule) {
    String name = schedule.property("/Name").asText();
    return name.endsWith(".start-stopped") || name.contains(".sweep-");
  }

  @Test
  void enabledPoliciesAreWatchedByTheHourAndOthersAreNot() throws IOException {
    Resource watch = schedule("freezeframe.watch-recovery-points");
    JsonNode input = Json.read(watch.property("/Target/Input").asText());

    assertThat(watch.property("/ScheduleExpression").asText()).isEqualTo("cron(0 * * * ? *)");
    assertThat(input.get("grace").asText()).isEqualTo("PT6H");
    assertThat(input.findValuesAsText("name")).containsExactly("frozen", "hourly");
  }

  @Test
  void theWholePolicyIsInTheInputAndComesBackAsItWas() throws IOException {
    for (Policy policy : Synthesized.POLICIES) {
      JsonNode input =
          Json.read(schedule(policy.name().value()).property("/Target/Input").asText());

      assertThat(input.get("scheduledAt").asText()).isEqualTo("<aws.scheduler.scheduled-time>");
      assertThat(
              dev.freezeframe.common.Json.mapper().treeToValue(input.get("policy"), Policy.class))
          .isEqualTo(policy);
    }
  }
}
