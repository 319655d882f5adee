package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Found by seed 37: of two policies that met on an instance, one lost every night. */
class TwoPoliciesTest {
  private static List<String> verdicts(Result result) {
    return result.lives().values().stream()
        .map(life -> life.row().policy() + " " + life.row().consistency().orElseThrow())
        .sorted()
        .toList();
  }

  @Test
  void theSecondWaitsUntilTheFirstHasThawedWhichCostsItNoRetry() {
    List<List<String>> paths = new ArrayList<>();

    Result result =
        Scene.of(Fleets.of(1, 1))
            .policy(Scene.ALL_OR_NOTHING.formatted("one"))
            .besides(
                cloud ->
                    cloud.schedule(
                        new PolicyReader()
                            .read("policy.yaml", Scene.ALL_OR_NOTHING.formatted("other")),
                        List.of(Scene.DUE)))
            .alsoBesides(
                cloud ->
                    cloud
                        .time()
                        .at(
                            Scene.DUE.plusSeconds(86_400),
                            () ->
                                cloud.backups().forEach(backup -> paths.add(backup.stateNames()))))
            .play();

    assertThat(verdicts(result)).containsExactly("one APPLICATION", "other APPLICATION");
    assertThat(paths)
        .hasSize(2)
        .anySatisfy(
            path ->
                assertThat(path)
                    .containsSubsequence("Take slots", "Wait for slots", "Run pre-script"))
        .allSatisfy(path -> assertThat(path).doesNotContain("Count failure"));
    Invariants.areKept(result);
  }

  private static final String STOPS =
      """
      name: %s
      schedule: {cron: "0 2 * * ? *"}
      volumes: {excludeBoot: false}
      hold: stop
      """;

  private static final String FREEZES =
      """
      name: %s
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1}
      """;

  private static final String HOLDS_NOTHING =
      """
      name: %s
      schedule: {cron: "0 2 * * ? *"}
      """;

  private static final Instant LATER = Scene.DUE.plusSeconds(120);

  private EmbeddedCloud played;
  private Optional<OutcomeRow> seen = Optional.empty();

  /** The policy {@code one} stops, which takes so much longer; the other fires in its midst. */
  private Result withOther(String other, Duration slower) {
    InstanceFault slow =
        new InstanceFault() {
          @Override
          public Duration slowsStop(String instanceId) {
            return slower;
          }
        };
    Fleet one = Fleets.of(1, 1);
    return Scene.of(
            new Fleet(
                one.instances().stream()
                    .map(instance -> instance.copy(known -> known.instanceType("m5.large")))
                    .toList(),
                one.volumes()))
        .policy(STOPS.formatted("one"))
        .faults(Faults.NONE.withInstances(slow))
        .besides(
            cloud -> {
              played = cloud;
              RunId run = RunId.of(new PolicyName("other"), LATER);
              cloud
                  .time()
                  .at(
                      LATER.plus(Duration.ofHours(4)),
                      () ->
                          seen = cloud.ledger().outcome(run, new InstanceId(Fleets.instanceId(1))));
              cloud.schedule(
                  new PolicyReader().read("policy.yaml", other.formatted("other")), List.of(LATER));
            })
        .play();
  }

  /** From a stop that is over when the other fires to one that lasts for minutes. */
  static IntStream slower() {
    return IntStream.iterate(0, second -> second <= 180, second -> second + 12);
  }

  @ParameterizedTest
  @MethodSource("slower")
  void whoMeetsTheStopOfAnotherPolicyWaitsAndTakesItsSet(int slower) {
    Result result = withOther(HOLDS_NOTHING, Duration.ofSeconds(slower));

    assertThat(verdicts(result))
        .filteredOn(verdict -> verdict.startsWith("one"))
        .containsExactly("one APPLICATION", "one APPLICATION");
    assertThat(verdicts(result)).filteredOn(verdict -> verdict.startsWith("other")).hasSize(1);
    assertThat(played.ec2().downtimes(Fleets.instanceId(1))).hasSize(1);
    Invariants.areKept(result);
  }

  @ParameterizedTest
  @MethodSource("slower")
  void soDoesOneThatFreezes(int slower) {
    Result result = withOther(FREEZES, Duration.ofSeconds(slower));

    assertThat(verdicts(result))
        .as("it waits for the agent too, and falls back to nothing")
        .containsExactly("one APPLICATION", "one APPLICATION", "other APPLICATION");
    Invariants.areKept(result);
  }

  @ParameterizedTest
  @MethodSource("slower")
  void twoThatStopTheSameInstanceDoSoOneAfterTheOther(int slower) {
    Result result = withOther(STOPS, Duration.ofSeconds(slower));

    assertThat(verdicts(result))
        .containsExactly(
            "one APPLICATION", "one APPLICATION", "other APPLICATION", "other APPLICATION");
    Invariants.areKept(result);
  }

  @Test
  void anInstanceThatStopsForHoursIsSkippedInTheEnd() {
    withOther(HOLDS_NOTHING, Duration.ofHours(9));

    OutcomeRow outcome = seen.orElseThrow();
    assertThat(outcome.status()).isEqualTo(OutcomeRow.Status.SKIPPED);
    assertThat(outcome.reason()).isEqualTo("the instance is stopping");
    assertThat(Duration.between(LATER, outcome.at()))
        .isBetween(Duration.ofMinutes(150), Duration.ofMinutes(155));
  }

  @Test
  void aGuestThatIsHeldForGoodIsGivenUpAsAFailure() {
    GuestFault held =
        new GuestFault() {
          @Override
          public ScriptBehavior script(String instance, String command) {
            return command.equals("pre-script")
                ? new ScriptBehavior.Exits(204)
                : ScriptBehavior.GOOD;
          }
        };

    Result result =
        Scene.of(Fleets.of(1, 1))
            .faults(Faults.NONE.withGuests(held))
            .policy(Scene.ALL_OR_NOTHING.formatted("one"))
            .play();

    assertThat(result.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.reason()).contains("the pre-script exited with 204");
              assertThat(report.states())
                  .filteredOn("Wait before CreateSnapshots"::equals)
                  .hasSize(6);
              assertThat(report.states()).containsOnlyOnce("Count failure");
              assertThat(report.snapshots()).isEmpty();
            });
  }
}
