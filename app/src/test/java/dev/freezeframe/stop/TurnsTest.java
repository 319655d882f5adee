package dev.freezeframe.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.memory.InMemoryLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final PolicyName WEEKLY = new PolicyName("weekly");
  private static final Instant TWO = Instant.parse("2026-11-22T02:00:00Z");

  private Instant now = TWO;
  private final Turns turns =
      new Turns(
          new InMemoryLedger(),
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  private boolean asks(String execution, long order, int atOnce, Instant since) {
    return asks(execution, "blue", order, atOnce, since);
  }

  private boolean asks(String execution, String group, long order, int atOnce, Instant since) {
    return turns.take(
        new Turns.Question(
            WEEKLY,
            group,
            execution,
            order,
            atOnce,
            since,
            Duration.ofSeconds(60),
            Duration.ofMinutes(25)));
  }

  @Test
  void asManyOfAGroupGoAsMayAndTheNextWhenOneComesBack() {
    assertThat(asks("a", 1, 2, TWO)).isTrue();
    assertThat(asks("b", 1, 2, TWO)).isTrue();
    assertThat(asks("c", 1, 2, TWO)).isFalse();
    assertThat(asks("a", 1, 2, TWO)).as("it has its turn already").isTrue();

    turns.giveBack(WEEKLY, "blue", "b");
    assertThat(asks("c", 1, 2, TWO)).isTrue();
  }

  @Test
  void anotherGroupDoesNotWait() {
    assertThat(asks("a", "blue", 1, 1, TWO)).isTrue();
    assertThat(asks("b", "green", 1, 1, TWO)).isTrue();
  }

  @Test
  void theLowestNumberGoesFirstAndOfTheSameNumberWhoCameFirst() {
    assertThat(asks("a", 1, 1, TWO)).isTrue();
    assertThat(asks("late", 5, 1, TWO.plusSeconds(2))).isFalse();
    assertThat(asks("early", 5, 1, TWO.plusSeconds(1))).isFalse();
    assertThat(asks("first", 2, 1, TWO.plusSeconds(3))).isFalse();

    turns.giveBack(WEEKLY, "blue", "a");
    assertThat(asks("late", 5, 1, TWO.plusSeconds(2))).isFalse();
    assertThat(asks("early", 5, 1, TWO.plusSeconds(1))).isFalse();
    assertThat(asks("first", 2, 1, TWO.plusSeconds(3))).isTrue();
    turns.giveBack(WEEKLY, "blue", "first");
    assertThat(asks("late", 5, 1, TWO.plusSeconds(2))).isFalse();
    assertThat(asks("early", 5, 1, TWO.plusSeconds(1))).isTrue();
  }

  @Test
  void whoAsksNoMoreKeepsNobodyWaiting() {
    assertThat(asks("a", 1, 1, TWO)).isTrue();
    assertThat(asks("gone", 1, 1, TWO)).isFalse();
    turns.giveBack(WEEKLY, "blue", "a");
    assertThat(asks("b", 2, 1, TWO)).isFalse();

    now = TWO.plusSeconds(181);
    assertThat(asks("b", 2, 1, TWO)).isTrue();
  }

  @Test
  void aTurnThatNobodyUsedLapses() {
    assertThat(asks("died", 1, 1, TWO)).isTrue();
    now = TWO.plus(Duration.ofMinutes(24));
    assertThat(asks("b", 1, 1, now)).isFalse();
    now = TWO.plus(Duration.ofMinutes(25));
    assertThat(asks("b", 1, 1, now)).isTrue();
  }
}
