package dev.freezeframe.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.policy.Pacing;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {
  private static final RunId RUN = new RunId("daily-20261122T020000Z");
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");

  @Test
  void noMoreInstancesStartInASecondThanTheRateAllows() {
    Pacing pacing = new Pacing(5, Duration.ZERO);

    assertThat(
            IntStream.range(0, 12)
                .mapToLong(position -> StartOffsets.offsetSeconds(pacing, RUN, INSTANCE, position)))
        .containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 1L, 1L, 1L, 1L, 2L, 2L);
  }

  @Test
  void aRateBelowOneASecondSpreadsOverMinutes() {
    assertThat(StartOffsets.offsetSeconds(new Pacing(0.5, Duration.ZERO), RUN, INSTANCE, 30))
        .isEqualTo(60);
  }

  @Test
  void theJitterIsTheSameForTheSameInstanceAndRun() {
    Pacing pacing = new Pacing(5, Duration.ofMinutes(10));
    long once = StartOffsets.offsetSeconds(pacing, RUN, INSTANCE, 0);

    assertThat(StartOffsets.offsetSeconds(pacing, RUN, INSTANCE, 0))
        .isEqualTo(once)
        .isBetween(0L, 600L);
    assertThat(StartOffsets.offsetSeconds(pacing, RUN, new InstanceId("i-0123456789abcdef1"), 0))
        .isNotEqualTo(once);
  }
}
