package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.states.Execution;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A thousand instances that were launched by one call are one item of EC2's page. */
class LargeReservationTest {
  private int largest;

  private static final int MAX_STATE = 256 * 1024;

  private static final String WITHOUT_SCRIPTS =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      pacing: {setsPerSecond: 5, jitter: 1m}
      """;

  @Test
  void aPageOfTargetsIsCutAndItsRestIsOrderedByTheNext() {
    Fleet alone = Fleets.of(1_000, 1);
    Map<String, String> one = new TreeMap<>();
    alone.instances().forEach(instance -> one.put(instance.instanceId(), "r-0together"));

    Result result =
        Scene.of(new Fleet(alone.instances(), alone.volumes(), one))
            .policy(WITHOUT_SCRIPTS)
            .besides(cloud -> cloud.time().after(Duration.ofDays(1), () -> measure(cloud)))
            .play();

    assertThat(result.reports()).hasSize(1_000);
    assertThat(result.invocations().get("SelectTargets")).isEqualTo(2);
    assertThat(largest).isBetween(10_000, MAX_STATE / 2);
  }

  private void measure(EmbeddedCloud cloud) {
    largest =
        cloud.states().executions().stream()
            .filter(execution -> execution.stateMachineArn().endsWith(":run-policy"))
            .mapToInt(Execution::largestPayload)
            .max()
            .orElseThrow();
  }
}
