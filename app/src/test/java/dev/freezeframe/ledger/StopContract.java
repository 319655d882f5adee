package dev.freezeframe.ledger;

import static dev.freezeframe.ledger.Rows.DAILY;
import static dev.freezeframe.ledger.Rows.EXECUTION;
import static dev.freezeframe.ledger.Rows.RUN;
import static dev.freezeframe.ledger.Rows.SERVER;
import static dev.freezeframe.ledger.Rows.TWO;
import static dev.freezeframe.ledger.Rows.attempt;
import static dev.freezeframe.ledger.Rows.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.LedgerUnderTest;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.stop.StopTurns;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An instance that is stopped for its set, and whose turn that is. */
interface StopContract extends LedgerUnderTest {

  private static StopRow stop(InstanceId instance, int number) {
    return StopRow.ordered(
        RUN,
        instance,
        attempt(number),
        EXECUTION,
        0,
        "blue",
        TWO.plusSeconds(number),
        Optional.of(TWO.minus(Duration.ofDays(3))),
        TWO.plus(Duration.ofMinutes(25)));
  }

  private StopRow only() {
    assertThat(ledger().stops(RUN, SERVER)).hasSize(1);
    return ledger().stops(RUN, SERVER).get(0);
  }

  @Test
  default void aStopIsRecordedOnceAnAttempt() {
    assertThat(ledger().recordStop(stop(SERVER, 1))).isTrue();
    assertThat(ledger().recordStop(stop(SERVER, 1))).isFalse();
    assertThat(ledger().recordStop(stop(instance(2), 1))).isTrue();

    assertThat(only()).isEqualTo(stop(SERVER, 1));
    assertThat(ledger().freezes(RUN, SERVER)).isEmpty();
  }

  @Test
  default void theFirstTimeOfEachStands() {
    ledger().recordStop(stop(SERVER, 1));
    for (int again = 0; again < 2; again++) {
      Instant at = TWO.plus(Duration.ofHours(again));
      ledger().recordForced(RUN, SERVER, attempt(1), at.plusSeconds(10));
      ledger().recordStopped(RUN, SERVER, attempt(1), at.plusSeconds(20));
      ledger().recordStarting(RUN, SERVER, attempt(1), at.plusSeconds(30));
      ledger().recordStartOrdered(RUN, SERVER, attempt(1), at.plusSeconds(40));
      ledger()
          .recordStopEnded(
              RUN,
              SERVER,
              attempt(1),
              new StopRow.Ended(at.plusSeconds(50), "StartInstance", "it runs again"));
    }

    assertThat(only().forcedAt()).contains(TWO.plusSeconds(10));
    assertThat(only().stoppedAt()).contains(TWO.plusSeconds(20));
    assertThat(only().startingAt()).contains(TWO.plusSeconds(30));
    assertThat(only().startOrderedAt()).contains(TWO.plusSeconds(40));
    assertThat(only().ended())
        .contains(new StopRow.Ended(TWO.plusSeconds(50), "StartInstance", "it runs again"));
    assertThat(only().open()).isFalse();
  }

  @Test
  default void theLastTryToStartStands() {
    ledger().recordStop(stop(SERVER, 1));
    for (int tries = 1; tries <= 2; tries++) {
      ledger()
          .recordStartTried(
              RUN, SERVER, attempt(1), new StopRow.Tries(tries, TWO.plusSeconds(tries)));
    }

    assertThat(only().tries()).contains(new StopRow.Tries(2, TWO.plusSeconds(2)));
    assertThat(only().nextStart()).contains(TWO.plusSeconds(122));
  }

  @Test
  default void aRunShowsItsStopsByInstanceAndTime() {
    ledger().recordStop(stop(SERVER, 2));
    ledger().recordStop(stop(SERVER, 1));

    assertThat(ledger().run(RUN).stops()).containsExactly(stop(SERVER, 1), stop(SERVER, 2));
    assertThat(ledger().run(RunId.of(Rows.DAILY, TWO.plusSeconds(9))).stops()).isEmpty();
  }

  @Test
  default void nothingIsKeptOfAStopThatIsNotOnRecord() {
    ledger().recordStopped(RUN, SERVER, attempt(1), TWO);
    ledger().recordStarting(RUN, SERVER, attempt(1), TWO);
    ledger()
        .recordStopEnded(RUN, SERVER, attempt(1), new StopRow.Ended(TWO, "StartInstance", "runs"));

    assertThat(ledger().stops(RUN, SERVER)).isEmpty();
    assertThat(ledger().openStops()).isEmpty();
  }

  @Test
  default void stopsThatHaveNotEndedAreFoundWhateverTheirRun() {
    ledger().recordStop(stop(SERVER, 2));
    ledger().recordStop(stop(instance(2), 1));
    ledger().recordStop(stop(instance(3), 3));
    ledger()
        .recordStopEnded(
            RUN, instance(3), attempt(3), new StopRow.Ended(TWO, "StartInstance", "runs"));

    assertThat(ledger().openStops()).containsExactly(stop(instance(2), 1), stop(SERVER, 2));
    assertThat(ledger().runs(TWO.minusSeconds(60), TWO.plusSeconds(60)))
        .as("the index of groups has runs as well")
        .isEmpty();
  }

  @Test
  default void turnsAreChangedByOneAtATime() {
    StopTurns none = ledger().stopTurns(DAILY, "blue");
    assertThat(none).isEqualTo(StopTurns.none(DAILY, "blue"));
    StopTurns one =
        new StopTurns(
            DAILY,
            "blue",
            1,
            new TreeMap<>(Map.of(EXECUTION, TWO)),
            new TreeMap<>(
                Map.of("other", new StopTurns.Waiter(Long.MAX_VALUE, TWO, TWO.plusSeconds(60)))));

    assertThat(ledger().recordStopTurns(one)).isTrue();
    assertThat(ledger().recordStopTurns(one)).isFalse();
    assertThat(ledger().stopTurns(DAILY, "blue")).isEqualTo(one);
    assertThat(ledger().stopTurns(DAILY, "")).isEqualTo(StopTurns.none(DAILY, ""));
  }
}
