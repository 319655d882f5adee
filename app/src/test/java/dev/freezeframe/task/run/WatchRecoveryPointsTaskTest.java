package dev.freezeframe.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.Sleeper;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

class WatchRecoveryPointsTaskTest {
  private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");
  private static final Policy DAILY =
      new PolicyReader().read("daily.yaml", "name: daily\nschedule: {cron: \"0 2 * * ? *\"}\n");
  private static final WatchRecoveryPointsTask.Order ORDER =
      new WatchRecoveryPointsTask.Order(
          List.of(new WatchRecoveryPointsTask.Watched(DAILY.name(), DAILY.schedule())),
          Duration.ofHours(6));

  private final Ledger ledger = new InMemoryLedger();
  private final List<Map<Metric, Double>> measured = new ArrayList<>();

  private void watchEachHour(Instant from, int hours) {
    for (int hour = 0; hour < hours; hour++) {
      new WatchRecoveryPointsTask(new At(from.plus(Duration.ofHours(hour)))).handle(ORDER);
    }
  }

  private double lastOverdue() {
    return measured.get(measured.size() - 1).get(Metric.RECOVERY_POINT_OVERDUE);
  }

  @Test
  void aRecoveryPointAfterItsFiringIsInTime() {
    ledger.recordRecoveryPoint(DAILY.name(), TWO.plusSeconds(5));

    watchEachHour(TWO.minus(Duration.ofHours(1)), 9);

    assertThat(lastOverdue()).isZero();
    assertThat(measured.get(8)).containsEntry(Metric.RECOVERY_POINT_AGE, 7 * 3_600.0 - 5);
  }

  @Test
  void aRecoveryPointThatDoesNotComeIsMissed() {
    ledger.recordRecoveryPoint(DAILY.name(), TWO.minus(Duration.ofDays(1)));

    watchEachHour(TWO.minus(Duration.ofHours(1)), 7);
    assertThat(lastOverdue()).isZero();

    watchEachHour(TWO.plus(Duration.ofHours(6)), 1);
    assertThat(lastOverdue()).isOne();
  }

  @Test
  void aPolicyThatIsNewOrWasPausedOwesNothingFromBefore() {
    watchEachHour(TWO.plus(Duration.ofHours(10)), 3);
    assertThat(lastOverdue()).isZero();

    watchEachHour(TWO.plus(Duration.ofDays(9)).plus(Duration.ofHours(10)), 3);
    assertThat(lastOverdue()).isZero();
  }

  /** TaskDependencies at some instant. */
  private final class At implements TaskDependencies {
    private final Clock clock;

    At(Instant now) {
      this.clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    @Override
    public Ec2Client ec2() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Ec2Client ec2WithoutRetries() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SsmClient ssm() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SsmClient ssmWithoutRetries() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Ledger ledger() {
      return ledger;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public Sleeper pause() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Measurements measurements() {
      return (policy, values) -> measured.add(values);
    }
  }
}
