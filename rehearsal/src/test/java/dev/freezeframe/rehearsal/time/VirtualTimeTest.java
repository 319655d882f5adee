package dev.freezeframe.rehearsal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void eventsHappenInTheOrderOfTheirInstants() {
    time.after(Duration.ofHours(2), () -> see("later"));
    time.after(Duration.ofHours(1), () -> see("sooner"));

    time.run();

    assertThat(seen).containsExactly("sooner at 03:00:00", "later at 04:00:00");
  }

  @Test
  void eventsOfOneInstantHappenInTheOrderInWhichTheyWereAskedFor() {
    Instant when = START.plusSeconds(1);
    time.at(when, () -> see("first"));
    time.at(when, () -> see("second"));
    time.at(when.minusMillis(1), () -> time.at(when, () -> see("third")));

    time.run();

    assertThat(seen)
        .containsExactly("first at 02:00:01", "second at 02:00:01", "third at 02:00:01");
  }

  @Test
  void anEventOfThePastHappensNow() {
    time.at(START.minusSeconds(5), () -> see("late"));

    time.run();

    assertThat(seen).containsExactly("late at 02:00:00");
  }

  @Test
  void aCancelledEventNeitherHappensNorMovesTheClock() {
    VirtualTime.Timer timer = time.after(Duration.ofDays(1), () -> see("never"));
    timer.cancel();
    timer.cancel();

    time.run();

    assertThat(seen).isEmpty();
    assertThat(time.instant()).isEqualTo(START);
  }

  @Test
  void runningUntilAnInstantStandsThereAndSaysWhetherAnythingIsLeft() {
    time.after(Duration.ofMinutes(1), () -> see("in time"));
    time.after(Duration.ofMinutes(10), () -> see("too late"));

    assertThat(time.runUntil(START.plusSeconds(300))).isTrue();
    assertThat(time.instant()).isEqualTo(START.plusSeconds(300));
    assertThat(seen).containsExactly("in time at 02:01:00");
    assertThat(time.runUntil(START.plusSeconds(600))).isFalse();
  }

  @Test
  void theClockFollows() {
    time.after(Duration.ofDays(3), () -> {});

    time.run();

    assertThat(time.clock().instant()).isEqualTo(START.plus(Duration.ofDays(3)));
  }

  @Test
  void anEventCannotLetOtherEventsHappen() {
    time.after(Duration.ZERO, time::run);
    time.after(Duration.ZERO, () -> {});

    assertThatThrownBy(time::run).hasMessageContaining("it is one of them");
  }

  @Test
  void anEventThatFailsIsHeardOfAndTheNextStillHappens() {
    time.after(
        Duration.ZERO,
        () -> {
          throw new IllegalArgumentException("a bug");
        });
    time.after(Duration.ZERO, () -> see("next"));

    assertThatThrownBy(time::run).hasMessage("a bug");
    time.run();

    assertThat(seen).containsExactly("next at 02:00:00");
  }

  @Test
  void nothingHappensAfterItIsClosed() {
    time.after(Duration.ofSeconds(1), () -> see("never"));
    time.close();
    time.after(Duration.ofSeconds(1), () -> see("never"));

    time.run();

    assertThat(seen).isEmpty();
  }

  private void see(String what) {
    seen.add(what + " at " + time.instant().toString().substring(11, 19));
  }
}
