package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator who starts a backup under another name while its instance is being backed up. */
class SecondExecutionsTest {
  private static final RunId RUN = RunId.of(new PolicyName("daily"), Scene.DUE);
  private static final RunId OTHER_RUN =
      RunId.of(new PolicyName("daily"), Scene.DUE.plus(Duration.ofHours(1)));

  /** All three scripts of the first execution have run, and its set is awaited. */
  private static final Duration WHILE_IT_WAITS = Duration.ofSeconds(30);

  private final List<Execution> backups = new ArrayList<>();
  private final Map<RunId, RunView> views = new TreeMap<>();

  /** So many instances, of which each gets its second execution a little later than the last. */
  private Scene scene(int instances, RunId run, Duration first, Duration apart) {
    return Scene.of(Fleets.of(instances, 2))
        .besides(
            cloud -> {
              for (int i = 0; i < instances; i++) {
                int turn = i;
                Instant at = Scene.DUE.plus(first).plus(apart.multipliedBy(turn));
                cloud.time().at(at, () -> startAgain(cloud, turn, run));
              }
              cloud.time().at(Scene.DUE.plus(Duration.ofDays(1)), () -> look(cloud));
            });
  }

  private static void startAgain(EmbeddedCloud cloud, int turn, RunId run) {
    Execution first =
        cloud.backups().stream()
            .filter(backup -> !backup.name().startsWith("by-hand"))
            .skip(turn)
            .findFirst()
            .orElseThrow();
    assertThat(first.status()).isEqualTo(ExecutionStatus.RUNNING);
    ObjectNode input = first.input().deepCopy();
    input.put("runId", run.toString());
    cloud.states().start(first.stateMachineArn(), "by-hand-" + turn, input);
  }

  private void look(EmbeddedCloud cloud) {
    backups.addAll(cloud.backups());
    Set.of(RUN, OTHER_RUN).forEach(run -> views.put(run, cloud.ledger().run(run)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachTakesOneSetOfItsOwnInAFreezeOfItsOwnAndTheLedgerHasBoth(boolean sameRun) {
    int instances = 20;
    RunId run = sameRun ? RUN : OTHER_RUN;

    Result result = scene(instances, run, Duration.ofSeconds(2), Duration.ofMillis(500)).play();

    Invariants.areKept(result);
    assertThat(backups)
        .hasSize(2 * instances)
        .allMatch(backup -> backup.status() == ExecutionStatus.SUCCEEDED);
    assertThat(setsByInstance(result).values())
        .hasSize(instances)
        .allMatch(sets -> sets.size() == 2);
    assertThat(result.lives().values())
        .hasSize(2 * 2 * instances)
        .allSatisfy(SecondExecutionsTest::isAccountedFor);
    for (RunId each : new TreeSet<>(List.of(RUN, run))) {
      assertThat(views.get(each).outcomes())
          .hasSize(instances)
          .allMatch(outcome -> outcome.status() == Status.SUCCEEDED);
      assertThat(views.get(each).freezes()).allMatch(freeze -> freeze.thawProved());
    }
  }

  private static Map<String, Set<String>> setsByInstance(Result result) {
    Map<String, Set<String>> sets = new TreeMap<>();
    for (SnapshotView snapshot : result.snapshots()) {
      sets.computeIfAbsent(snapshot.tags().get(SnapshotTags.INSTANCE), any -> new TreeSet<>())
          .add(snapshot.tags().get(SnapshotTags.SET));
    }
    return sets;
  }

  private static void isAccountedFor(SnapshotHistory life) {
    assertThat(life.row().consistency()).contains(Consistency.APPLICATION);
    assertThat(life.row().expiresAt()).isPresent();
  }

  @Test
  void aSecondThatIsSkippedDoesNotHideThatTheFirstSucceeds() {
    AtomicInteger scripts = new AtomicInteger();
    GuestFault notReadyAgain =
        new GuestFault() {
          @Override
          public ScriptBehavior script(String instance, String command) {
            return scripts.incrementAndGet() > 3
                ? new ScriptBehavior.Exits(206)
                : ScriptBehavior.GOOD;
          }
        };

    Result result =
        scene(1, RUN, WHILE_IT_WAITS, Duration.ZERO)
            .policy(Scene.ALL_OR_NOTHING.formatted("daily"))
            .faults(Faults.NONE.withGuests(notReadyAgain))
            .play();

    Invariants.areKept(result);
    assertThat(backups.get(1).stateNames()).endsWith("Skipped");
    assertThat(backups.get(0).stateNames()).endsWith("Succeeded");
    assertThat(views.get(RUN).outcomes())
        .singleElement()
        .extracting(OutcomeRow::status, OutcomeRow::execution)
        .containsExactly(Status.SUCCEEDED, backups.get(0).arn());
  }

  @Test
  void aSecondThatFailsSaysSoAlthoughTheFirstSucceeded() {
    AtomicInteger sets = new AtomicInteger();
    SnapshotBehavior slow = SnapshotBehavior.GOOD.failing().taking(Duration.ofHours(1));

    Result result =
        scene(1, RUN, WHILE_IT_WAITS, Duration.ZERO)
            .faults(
                Faults.NONE.withSets(
                    instance -> sets.incrementAndGet() == 1 ? SnapshotBehavior.GOOD : slow))
            .play();

    Invariants.areKept(result);
    assertThat(backups)
        .extracting(Execution::status)
        .containsExactly(ExecutionStatus.SUCCEEDED, ExecutionStatus.FAILED);
    assertThat(views.get(RUN).outcomes())
        .singleElement()
        .extracting(OutcomeRow::status, OutcomeRow::execution)
        .containsExactly(Status.SUCCEEDED, backups.get(0).arn());
  }
}
