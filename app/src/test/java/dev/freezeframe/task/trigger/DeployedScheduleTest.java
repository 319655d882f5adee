package dev.freezeframe.task.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.policy.schedule.FiringTimes;
import dev.freezeframe.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployedScheduleTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");

  private static Policy policy(String name, boolean enabled) {
    return new PolicyReader()
        .read(
            "p.yaml", "name: %s\nenabled: %s\nschedule: {rate: 1 day}\n".formatted(name, enabled));
  }

  private static List<DeployedSchedule> own() {
    List<DeployedSchedule> own = new ArrayList<>(DeployedSchedule.wakes());
    own.add(DeployedSchedule.expiry(true));
    own.add(DeployedSchedule.sweepRestores());
    own.add(DeployedSchedule.sweepDrills());
    own.add(DeployedSchedule.startStopped(List.of(policy("daily", true))));
    own.add(DeployedSchedule.watch(List.of(policy("daily", true)), DeployedSchedule.GRACE));
    return own;
  }

  private static List<Instant> firingsOfADay(DeployedSchedule schedule) {
    return FiringTimes.between(
        schedule.when(),
        MIDNIGHT.minusMillis(1),
        MIDNIGHT.plus(Duration.ofDays(1)).minusMillis(1),
        MIDNIGHT);
  }

  @Test
  void noOwnScheduleIsARateWhichWouldFireWheneverItIsDeployed() {
    assertThat(own()).allMatch(schedule -> schedule.when().expression().startsWith("cron("));
  }

  @Test
  void noOwnScheduleCanHaveTheNameOfAPolicy() {
    assertThat(own())
        .extracting(DeployedSchedule::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.contains(".") && name.matches("[0-9a-zA-Z-_.]{1,64}"));
  }

  @Test
  void everyFunctionIsWokenOnceADayNoTwoAtATimeAndBeforeRetentionRuns() {
    List<Instant> wakes = new ArrayList<>();
    for (DeployedSchedule wake : DeployedSchedule.wakes()) {
      assertThat(firingsOfADay(wake)).hasSize(1);
      assertThat(wake.input()).isEqualTo("{\"wake\":true}");
      wakes.addAll(firingsOfADay(wake));
    }

    assertThat(DeployedSchedule.wakes())
        .extracting(DeployedSchedule::target)
        .containsExactlyElementsOf(
            Task.byName().keySet().stream()
                .<DeployedSchedule.Target>map(DeployedSchedule.Target.Task::new)
                .toList());
    assertThat(wakes).doesNotHaveDuplicates();
    assertThat(wakes)
        .extracting(at -> at.atOffset(ZoneOffset.UTC).toLocalTime())
        .allMatch(at -> at.isBefore(LocalTime.of(6, 0)));
    assertThat(firingsOfADay(DeployedSchedule.expiry(true)))
        .containsExactly(MIDNIGHT.plus(Duration.ofHours(6)));
  }

  @Test
  void policiesThatAreEnabledAreWatchedByTheHour() {
    DeployedSchedule watch =
        DeployedSchedule.watch(
            List.of(policy("daily", true), policy("resting", false)), DeployedSchedule.GRACE);

    assertThat(firingsOfADay(watch)).hasSize(24);
    assertThat(watch.input()).contains("daily").doesNotContain("resting").contains("\"PT6H\"");
  }

  @Test
  void whatIsStoppedForTooLongIsLookedForEveryFiveMinutesWhereAPolicyStopsElseOnceADay() {
    Policy stops = new PolicyReader().read("p.yaml", "{name: weekly, hold: stop}");
    Policy freezes = policy("daily", true);

    assertThat(firingsOfADay(DeployedSchedule.startStopped(List.of(freezes, stops)))).hasSize(288);
    assertThat(firingsOfADay(DeployedSchedule.startStopped(List.of(freezes)))).hasSize(1);
    assertThat(firingsOfADay(DeployedSchedule.startStopped(List.of()))).hasSize(1);
  }
}
