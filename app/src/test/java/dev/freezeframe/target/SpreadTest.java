package dev.freezeframe.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.Pacing;
import dev.freezeframe.policy.RunId;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final RunId RUN = new RunId("daily-20261122T020000Z");
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");

  @Test
  void noMoreInstancesStartInASecondThanTheRateAllows() {
    Pacing pacing = new Pacing(5, Duration.ZERO);

    assertThat(
            IntStream.range(0, 12)
                .mapToLong(position -> Spread.offsetSeconds(pacing, RUN, INSTANCE, position)))
        .containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 1L, 1L, 1L, 1L, 2L, 2L);
  }

  @Test
  void aRateBelowOneASecondSpreadsOverMinutes() {
    assertThat(Spread.offsetSeconds(new Pacing(0.5, Duration.ZERO), RUN, INSTANCE, 30))
        .isEqualTo(60);
  }

  @Test
  void theJitterIsTheSameForTheSameInstanceAndRun() {
    Pacing pacing = new Pacing(5, Duration.ofMinutes(10));
    long once = Spread.offsetSeconds(pacing, RUN, INSTANCE, 0);

    assertThat(Spread.offsetSeconds(pacing, RUN, INSTANCE, 0)).isEqualTo(once).isBetween(0L, 600L);
    assertThat(Spread.offsetSeconds(pacing, RUN, new InstanceId("i-0123456789abcdef1"), 0))
        .isNotEqualTo(once);
  }
}
