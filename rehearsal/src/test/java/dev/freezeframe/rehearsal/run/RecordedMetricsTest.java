package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Six instances, each with a fate of its own, backed up twice; what expired is deleted. The metrics
 * of the recovery points, of stops and of drills are measured in tests of their own.
 */
class RecordedMetricsTest {
  private static final String NOT_HELD = Fleets.instanceId(2);
  private static final String TIMER_FIRST = Fleets.instanceId(3);
  private static final String NEVER_THAWED = Fleets.instanceId(4);
  private static final String BROKEN = Fleets.instanceId(5);
  private static final String UNHEARD = Fleets.instanceId(6);

  /**
   * By the watch of recovery points; by stops, as {@link StopsUnderFaultsTest} has them; and by
   * drills, as {@link DrillsTest} and {@link TroubledDrillsTest} have them.
   */
  private static final Set<Metric> ELSEWHERE =
      EnumSet.of(
          Metric.RECOVERY_POINT_AGE,
          Metric.RECOVERY_POINT_OVERDUE,
          Metric.DOWN,
          Metric.START_FAILED,
          Metric.STOPPED_TOO_LONG,
          Metric.DRILLS_PASSED,
          Metric.DRILLS_FAILED,
          Metric.DRILLS_INCONCLUSIVE,
          Metric.UNDRILLED);

  private static final Map<Metric, Double> SUMS = new TreeMap<>();

  private static final class Behaviors implements GuestFault {
    @Override
    public ScriptBehavior script(String instanceId, String command) {
      if (instanceId.equals(NOT_HELD) && command.equals("pre-script")) {
        return new ScriptBehavior.Exits(201);
      }
      if (instanceId.equals(TIMER_FIRST) && command.equals("post-script")) {
        return new ScriptBehavior.Exits(203);
      }
      if (instanceId.equals(NEVER_THAWED) && command.equals("post-script")) {
        return new ScriptBehavior.Exits(202);
      }
      return ScriptBehavior.GOOD;
    }
  }

  private static SnapshotBehavior fate(String instanceId) {
    if (instanceId.equals(BROKEN)) {
      return SnapshotBehavior.GOOD.failing();
    }
    return instanceId.equals(UNHEARD)
        ? SnapshotBehavior.GOOD.losingEvents()
        : SnapshotBehavior.GOOD;
  }

  @BeforeAll
  static void measure() {
    Instant again = Scene.DUE.plus(Duration.ofDays(3));
    RecordedMetrics[] measured = new RecordedMetrics[1];
    Scene.of(Fleets.of(6, 1))
        .policy(
            """
            name: daily
            schedule: {cron: "0 2 * * ? *"}
            scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1, freezeBudget: 1s}
            retention: {days: 1}
            """)
        .faults(Faults.NONE.withGuests(new Behaviors()).withSets(RecordedMetricsTest::fate))
        .firings(List.of(Scene.DUE, again))
        .besides(
            cloud -> {
              measured[0] = cloud.measured();
              cloud.startExpiry(
                  again.plus(Duration.ofDays(5)),
                  "{\"apply\": true, \"limit\": {\"snapshots\": 100, \"share\": 1}}");
            })
        .play();
    for (Metric metric : Metric.values()) {
      OptionalDouble sum = measured[0].sum(new PolicyName("daily"), metric);
      sum.ifPresent(value -> SUMS.put(metric, value));
    }
  }

  @Test
  void everyMetricIsMeasuredSomewhere() {
    assertThat(SUMS.keySet()).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)));
  }

  @Test
  void whatIsCountedIsCountedOnce() {
    assertThat(SUMS)
        .containsEntry(Metric.TARGETS, 12.0)
        .containsEntry(Metric.STARTED, 12.0)
        .containsEntry(Metric.THAW_UNPROVED, 2.0);
    assertThat(SUMS.get(Metric.COMPLETED) + SUMS.get(Metric.FAILED)).isEqualTo(12.0);
    assertThat(SUMS.get(Metric.APPLICATION) + SUMS.get(Metric.CRASH) + SUMS.get(Metric.UNKNOWN))
        .isEqualTo(12.0);
    assertThat(SUMS.get(Metric.DELETED)).isPositive();
  }
}
