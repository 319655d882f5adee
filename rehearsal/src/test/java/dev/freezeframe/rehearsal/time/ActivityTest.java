package dev.freezeframe.rehearsal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private static final Instant START = Instant.parse("2026-11-22T02:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void aPauseTakesVirtualTimeAndOthersRunMeanwhile() {
    time.start("slow", () -> pauseBetween("slow", 10));
    time.start("quick", () -> pauseBetween("quick", 4));

    time.run();

    assertThat(seen)
        .containsExactly("slow begins", "quick begins", "quick ends at 4", "slow ends at 10");
  }

  @Test
  void aPauseEndsAfterWhatWasAskedForEarlierAtThatInstant() {
    time.at(START.plusSeconds(10), () -> seen.add("event"));
    time.start("activity", () -> pauseBetween("activity", 10));

    time.run();

    assertThat(seen).containsExactly("activity begins", "event", "activity ends at 10");
  }

  @Test
  void aPauseOutrunsNoEndOfARun() {
    time.start("activity", () -> pauseBetween("activity", 10));

    boolean more = time.runUntil(START.plusSeconds(5));

    assertThat(more).isTrue();
    assertThat(time.instant()).isEqualTo(START.plusSeconds(5));
    assertThat(seen).containsExactly("activity begins");
    time.run();
    assertThat(seen).containsExactly("activity begins", "activity ends at 10");
  }

  @Test
  void anEventEndsThoughItsActivityPausesForEver() {
    time.start(
        "activity",
        () -> {
          while (true) {
            time.pause(Duration.ofSeconds(10));
          }
        });

    assertThat(time.next(START.plusSeconds(60))).isTrue();
    assertThat(time.instant()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void nothingRunsBesideAnythingElse() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 50; i++) {
      int step = i % 3;
      time.start(
          "activity",
          () -> {
            for (int round = 0; round < 20; round++) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              inside.decrementAndGet();
              time.pause(Duration.ofMillis(step));
            }
          });
    }

    time.run();

    assertThat(most).hasValue(1);
  }

  @Test
  void aThousandActivitiesOneAfterAnotherShareAFewThreads() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 1_000; i++) {
      time.after(
          Duration.ofSeconds(i),
          () -> time.start("one", () -> threads.add(Thread.currentThread())));
    }

    time.run();

    assertThat(threads).hasSizeLessThan(100);
  }

  @Test
  void anActivityKnowsWhatWasAttachedToIt() {
    Activity activity = time.start("one", () -> seen.add("for " + time.running().context()));
    activity.attach("the caller");

    time.run();

    assertThat(seen).containsExactly("for the caller");
  }

  @Test
  void anEventIsNotAnActivity() {
    time.after(Duration.ZERO, () -> time.pause(Duration.ofSeconds(1)));

    assertThatThrownBy(time::run).hasMessageContaining("expected to be called by an activity");
  }

  @Test
  void whatFailsInAnActivityIsHeardOfWhereTimeRuns() {
    time.start(
        "broken",
        () -> {
          throw new IllegalArgumentException("a bug");
        });

    assertThatThrownBy(time::run)
        .hasMessage("the activity broken-1 failed")
        .cause()
        .hasMessage("a bug");
    time.run();
  }

  @Test
  void aKilledActivityEndsWhereItIsParkedAndItsPauseMovesNoClock() {
    Activity activity = time.start("one", () -> pauseBetween("one", 3600));
    time.after(Duration.ofSeconds(5), activity::kill);
    time.after(Duration.ofSeconds(6), activity::kill);

    time.run();

    assertThat(seen).containsExactly("one begins");
    assertThat(time.instant()).isEqualTo(START.plusSeconds(6));
  }

  @Test
  void anActivityKilledBeforeItStartsNeverRuns() {
    time.start("one", () -> seen.add("ran")).kill();

    time.run();

    assertThat(seen).isEmpty();
  }

  @Test
  void anActivityCanKillAnotherAndGoesOn() {
    Activity victim = time.start("victim", () -> pauseBetween("victim", 60));
    time.start(
        "killer",
        () -> {
          time.pause(Duration.ofSeconds(1));
          victim.kill();
          time.pause(Duration.ofSeconds(1));
          seen.add("killer ends");
        });

    time.run();

    assertThat(seen).containsExactly("victim begins", "killer ends");
  }

  @Test
  void anActivityCanKillItself() {
    time.start(
        "one",
        () -> {
          time.running().kill();
          seen.add("alive");
        });

    time.run();

    assertThat(seen).isEmpty();
  }

  @Test
  void aKilledActivityCannotPauseOnItsWayOut() {
    Activity activity =
        time.start(
            "one",
            () -> {
              try {
                time.pause(Duration.ofHours(1));
              } finally {
                seen.add("cleans up");
                time.pause(Duration.ofHours(1));
                seen.add("pauses");
              }
            });
    time.after(Duration.ofSeconds(1), activity::kill);

    time.run();

    assertThat(seen).containsExactly("cleans up");
    assertThat(time.instant()).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void closingLeavesNoThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 20; i++) {
      time.start(
          "parked",
          () -> {
            threads.add(Thread.currentThread());
            time.pause(Duration.ofDays(1));
          });
    }
    time.runUntil(START.plusSeconds(1));

    assertThat(threads).hasSize(20).allMatch(Thread::isAlive);
    time.close();

    assertThat(threads.stream().filter(Thread::isAlive).collect(Collectors.toSet())).isEmpty();
  }

  private void pauseBetween(String name, int seconds) {
    seen.add(name + " begins");
    time.pause(Duration.ofSeconds(seconds));
    seen.add(name + " ends at " + Duration.between(START, time.instant()).toSeconds());
  }
}
