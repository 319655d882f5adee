package dev.freezeframe.task.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.consistency.script.CommandRefusedException;
import dev.freezeframe.consistency.script.CommandThrottledException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.script.ScriptRunner;
import dev.freezeframe.ledger.Rows;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.task.NoAws;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tries of a thaw, each in an invocation of its own. */
class RecordedThawTest {
  private final NoAws dependencies = new NoAws();
  private final Clock clock = dependencies.clock();
  private final List<Instant> told = new ArrayList<>();
  private RuntimeException answer = new CommandThrottledException("Systems Manager is busy", null);

  private final RecordedThaw recorded =
      new RecordedThaw(
          new Thaw(new Refusing(), () -> null, clock),
          dependencies.ledger(),
          this::measured,
          clock,
          "ThawAbandoned");

  private void measured(PolicyName policy, Map<Metric, Double> values) {
    assertThat(values).containsOnlyKeys(Metric.THAW_UNPROVED);
    told.add(clock.instant());
  }

  @BeforeEach
  void freeze() {
    dependencies.ledger().recordFreeze(Rows.freeze(Rows.SERVER, 1));
  }

  private FreezeRow row() {
    return dependencies.ledger().freezes(Rows.RUN, Rows.SERVER).get(0);
  }

  private void tries(int times, Duration apart) {
    for (int time = 0; time < times; time++) {
      FreezeRow freeze = row();
      assertThat(catchThrowable(() -> recorded.send(freeze, recorded.begin(freeze))))
          .isSameAs(answer);
      dependencies.pause().pause(apart);
    }
  }

  @Test
  void triesThatAreThrottledForHoursLeaveTwoRecordsAndAreToldOfOnce() {
    Instant first = clock.instant();
    tries(3_000, Duration.ofSeconds(7));

    assertThat(row().thaws())
        .extracting(FreezeRow.Thaw::answer)
        .containsExactly("Systems Manager is busy", "sent");
    assertThat(told).hasSize(1);
    assertThat(Duration.between(first, told.get(0)))
        .as("longer than the time-out of the script, by one try at most")
        .isBetween(
            Duration.ofSeconds(row().timeoutSeconds()),
            Duration.ofSeconds(row().timeoutSeconds() + 7L));
  }

  @Test
  void triesThatAreThrottledForLessThanTheTimeOutAreNotToldOf() {
    tries(2, Duration.ofSeconds(5));

    assertThat(row().thaws()).extracting(FreezeRow.Thaw::answer).containsExactly("sent");
    assertThat(told).isEmpty();
  }

  /** So that the attempt that was asked longest ago can be told. */
  @Test
  void aTryThatIsDecidedIsToldOfAtOnceAndTheNextOneHasARecordOfItsOwn() {
    answer = new CommandRefusedException("Systems Manager refused it", null);
    tries(3, Duration.ofSeconds(10));

    assertThat(row().thaws())
        .extracting(FreezeRow.Thaw::answer)
        .containsExactly(
            "Systems Manager refused it",
            "Systems Manager refused it",
            "Systems Manager refused it");
    assertThat(told).hasSize(1);
  }

  @Test
  void aProofThatCameMeanwhileStandsAndNothingIsTold() {
    FreezeRow before = row();
    Instant begun = recorded.begin(before);
    dependencies
        .ledger()
        .recordThaw(
            Rows.RUN,
            Rows.SERVER,
            before.attempt(),
            new FreezeRow.Thaw(begun, "RunPostScript", "thawed", true));
    answer = new CommandRefusedException("Systems Manager refused it", null);

    assertThat(catchThrowable(() -> recorded.send(before, begun))).isSameAs(answer);
    assertThat(row().thawProved()).isTrue();
    assertThat(told).isEmpty();
  }

  /** Systems Manager, which takes no command. */
  private final class Refusing implements ScriptRunner {
    @Override
    public ScriptRun run(ScriptOrder order) {
      throw answer;
    }

    @Override
    public Optional<ScriptRun> earlier(ScriptOrder order, Instant since) {
      return Optional.empty();
    }

    @Override
    public List<ScriptRun> byHand(ScriptOrder order, Instant since) {
      return List.of();
    }
  }
}
