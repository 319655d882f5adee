package dev.freezeframe.rehearsal.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SIX_HOURS = Duration.ofHours(6);

  private static Map<Design, Map<Duration, Usage>> measured;

  @BeforeAll
  static void measure() {
    measured = CostBenchmark.measure();
  }

  private static Usage usage(Design design, Duration takes) {
    return measured.get(design).get(takes);
  }

  @Test
  void fromAnHourOnABackupCostsLessThanOneThatPollsOrWaits() {
    for (Duration takes : new Duration[] {HOUR, SIX_HOURS}) {
      assertThat(3 * usage(Design.OURS, takes).dollars())
          .isLessThan(usage(Design.POLLING, takes).dollars())
          .isLessThan(usage(Design.WAITING, takes).dollars());
    }
  }

  @Test
  void snapshotsThatTakeSixTimesAsLongDoNotCostThreeTimesAsMuch() {
    assertThat(usage(Design.OURS, SIX_HOURS).dollars())
        .isLessThan(3 * usage(Design.OURS, HOUR).dollars());
  }
}
