package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What docs/scale.md says of 1,000 instances, in small, with the documents as they are deployed and
 * AWS's rates: with the quota of an ordinary account, and with one that has most of the fleet wait
 * for longer than an inspection lasts.
 */
class PromisesOfScaleTest {
  private static final int INSTANCES = 40;

  @ParameterizedTest
  @CsvSource({"100, false", "9, true"})
  void eachInstanceIsHeldAtTheFirstAttemptByThreeCommandsForLessThanFiveSeconds(
      int pendingLimit, boolean inspectedAgain) {
    Result result =
        Scene.of(Fleets.of(INSTANCES, 3))
            .policy(Scene.ALL_OR_NOTHING.formatted("daily"))
            .pendingLimit(pendingLimit)
            .play();

    assertThat(result.reports())
        .hasSize(INSTANCES)
        .allSatisfy(
            report -> {
              assertThat(report.consistency()).as(report.reason()).contains("APPLICATION");
              assertThat(report.attempts()).isEqualTo(1);
              assertThat(report.frozen()).isLessThan(Duration.ofSeconds(5));
            });
    assertThat(commands(result).values())
        .hasSize(INSTANCES)
        .allSatisfy(
            commands ->
                assertThat(commands).containsExactly("dry-run", "pre-script", "post-script"));
    assertThat(
            result.reports().stream()
                .anyMatch(
                    report ->
                        report.states().indexOf("Inspect instance")
                            != report.states().lastIndexOf("Inspect instance")))
        .as("somebody waited for so long that the instance was inspected again")
        .isEqualTo(inspectedAgain);
  }

  /** The commands that were sent for each backup, in their order. */
  private static Map<String, List<String>> commands(Result result) {
    return result.log().stream()
        .filter(call -> call.action().equals("ssm:SendCommand"))
        .collect(
            Collectors.groupingBy(
                call -> call.caller().execution(),
                Collectors.mapping(Call::detail, Collectors.toList())));
  }
}
