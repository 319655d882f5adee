package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
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

    ScaleFigures figures = ScaleFigures.of(result);
    assertThat(figures.backups()).isEqualTo(INSTANCES);
    assertThat(figures.application()).isEqualTo(INSTANCES);
    assertThat(figures.firstAttempt()).isEqualTo(INSTANCES);
    assertThat(figures.commands().getCount()).isEqualTo(INSTANCES);
    assertThat(figures.commands().getMin()).isEqualTo(3);
    assertThat(figures.commands().getMax()).isEqualTo(3);
    assertThat(figures.longestFreeze()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
    assertThat(
            result.reports().stream()
                .anyMatch(
                    report ->
                        report.states().indexOf("Inspect instance")
                            != report.states().lastIndexOf("Inspect instance")))
        .as("somebody waited for so long that the instance was inspected again")
        .isEqualTo(inspectedAgain);
  }
}
