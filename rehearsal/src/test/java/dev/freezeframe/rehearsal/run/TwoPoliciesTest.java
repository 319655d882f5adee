package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.ssm.GuestFault;
import dev.freezeframe.rehearsal.ssm.ScriptBehavior;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
