package dev.freezeframe.rehearsal.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Instant PUBLISHED = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Readiness readiness = new Readiness(PUBLISHED);

  private boolean invoked(Instant at) {
    return readiness.invoke(at, Optional.empty());
  }

  private boolean recycled(Instant at, Duration initializing) {
    return readiness.invoke(at, Optional.of(initializing));
  }

  @Test
  void aVersionIsActiveForFourteenDaysFromItsPublication() {
    assertThat(invoked(PUBLISHED.plus(Readiness.ACTIVE_FOR).minus(MOMENT))).isTrue();
  }

  @Test
  void oneThatNobodyInvokedForFourteenDaysIsInactive() {
    assertThat(invoked(PUBLISHED.plus(Readiness.ACTIVE_FOR))).isFalse();
  }

  @Test
  void anInvocationADayKeepsItActive() {
    for (int day = 1; day <= 60; day++) {
      assertThat(invoked(PUBLISHED.plus(Duration.ofDays(day)))).as("day %d", day).isTrue();
    }
  }

  @Test
  void whoInvokesAnInactiveOneIsRefusedUntilItIsInitialized() {
    Instant first = PUBLISHED.plus(Duration.ofDays(20));
    Instant ready = first.plus(Readiness.INITIALIZING);

    assertThat(invoked(first)).isFalse();
    assertThat(invoked(first.plus(MOMENT))).isFalse();
    assertThat(invoked(ready.minus(MOMENT))).isFalse();
    assertThat(invoked(ready)).isTrue();
  }

  /** Otherwise anyone who retries would never get through. */
  @Test
  void refusedInvocationsDoNotBeginTheInitializationAgain() {
    Instant first = PUBLISHED.plus(Duration.ofDays(20));
    for (int second = 0; second < Readiness.INITIALIZING.toSeconds(); second += 10) {
      assertThat(invoked(first.plusSeconds(second))).as("second %d", second).isFalse();
    }

    assertThat(invoked(first.plus(Readiness.INITIALIZING))).isTrue();
  }

  @Test
  void oneThatIsInitializedIsActiveForFourteenDaysFromThenOn() {
    Instant first = PUBLISHED.plus(Duration.ofDays(20));
    Instant ready = first.plus(Readiness.INITIALIZING);
    invoked(first);

    assertThat(invoked(ready.plus(Readiness.ACTIVE_FOR).minus(MOMENT))).isTrue();
  }

  @Test
  void oneThatWasInitializedAndThenForgottenIsInactiveAgain() {
    Instant first = PUBLISHED.plus(Duration.ofDays(20));
    Instant ready = first.plus(Readiness.INITIALIZING);
    invoked(first);

    assertThat(invoked(ready.plus(Readiness.ACTIVE_FOR))).isFalse();
  }

  @Test
  void oneThatLambdaRecyclesIsInitializedHoweverLatelyItWasInvoked() {
    Instant at = PUBLISHED.plus(Duration.ofHours(1));

    assertThat(invoked(at)).isTrue();
    assertThat(recycled(at.plusSeconds(1), Duration.ofMinutes(4))).isFalse();
    assertThat(invoked(at.plusSeconds(240))).isFalse();
    assertThat(invoked(at.plusSeconds(241))).isTrue();
  }

  /** A fault that goes on recycles it once, not at each invocation meanwhile. */
  @Test
  void oneThatIsBeingInitializedIsNotRecycledOnceMore() {
    assertThat(recycled(PUBLISHED, Duration.ofMinutes(4))).isFalse();
    assertThat(recycled(PUBLISHED.plusSeconds(200), Duration.ofMinutes(4))).isFalse();

    assertThat(invoked(PUBLISHED.plusSeconds(240))).isTrue();
  }
}
