package dev.freezeframe.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotPatienceTest {
  private static final Instant SINCE = Instant.parse("2026-11-22T02:00:00Z");
  private static final PolicyName DAILY = new PolicyName("daily");

  private static Duration next(long place, long served, int asked, Duration waited) {
    SlotQueue queue =
        SlotQueue.empty().joined(DAILY, 1_000_000).taken(1, Optional.of(served), 5, SINCE);
    return new SlotPatience(place - served, SINCE, 0, asked).next(queue, 100, SINCE.plus(waited));
  }

  @Test
  void whoIsNextAsksOften() {
    assertThat(next(30, 30, 5, Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whoIsNextAsksMoreSeldomWhileNothingMoves() {
    assertThat(next(30, 30, 5, Duration.ofMinutes(8))).isEqualTo(Duration.ofMinutes(1));
    assertThat(next(30, 30, 5, Duration.ofHours(3))).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void whoIsFarBehindAsksSeldom() {
    assertThat(next(30_000, 0, 1, Duration.ZERO)).isEqualTo(Duration.ofMinutes(15));
    assertThat(next(900, 0, 1, Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void aQueueThatHasHardlyMovedYetTellsNothingOfItsPace() {
    assertThat(next(600, 3, 4, Duration.ofSeconds(72))).isEqualTo(Duration.ofMillis(59_700));
    assertThat(next(600, 3, 9, Duration.ofSeconds(600))).isEqualTo(Duration.ofSeconds(200));
  }

  @Test
  void itAsksTheMoreOftenTheNearerItsTurnIs() {
    assertThat(next(600, 300, 9, Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(200));
    assertThat(next(600, 510, 9, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(9));
    assertThat(next(600, 570, 9, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aDayOfWaitingFitsIntoTheHistoryOfAnExecution() {
    int asked = 0;
    Duration waited = Duration.ZERO;
    while (waited.compareTo(Duration.ofHours(24)) < 0) {
      asked++;
      waited = waited.plus(next(1, 1, asked, asked % 2 == 0 ? Duration.ZERO : waited));
    }

    assertThat(asked).isLessThan(250);
  }
}
