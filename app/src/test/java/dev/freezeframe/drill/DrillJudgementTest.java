package dev.freezeframe.drill;

import static dev.freezeframe.drill.Drills.EIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.consistency.script.ScriptRun.Ending;
import dev.freezeframe.drill.DrillJudgement.Judged;
import dev.freezeframe.policy.Drill;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillJudgementTest {

  private static DrillCheck check(Ending ending, int code) {
    return new DrillCheck(ending, code, "its words", Map.of(), List.of(), EIGHT);
  }

  private static DrillRow row(
      Drill drill,
      DrillPlan plan,
      Map<DrillCommand, DrillCheck> checks,
      Optional<DrillTrouble> no) {
    return new DrillRow(
        Drills.id(1),
        Drills.order(1, drill),
        Drills.EXECUTION,
        EIGHT,
        Optional.of(plan),
        Map.of(
            DrillStage.LAUNCHING, EIGHT.plusSeconds(10),
            DrillStage.VALIDATED, EIGHT.plusSeconds(310)),
        new DrillRow.Found(
            Optional.of(Drills.instance(9)), Optional.of("ami-1"), 1, Map.of(), checks, no),
        Optional.empty());
  }

  private static DrillPlan plan() {
    return Drills.plan(EIGHT.minus(Duration.ofHours(6)));
  }

  private static Judged validated(Drill drill, DrillPlan plan, Ending ending, int code) {
    return DrillJudgement.of(
        row(
            drill,
            plan,
            Map.of(
                DrillCommand.DRY_RUN, check(Ending.SUCCEEDED, 0),
                DrillCommand.VALIDATE, check(ending, code)),
            Optional.empty()),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, 0, PASSED, L3",
    "SUCCEEDED, -1, INCONCLUSIVE, L0",
    "SUCCEEDED, 168, INCONCLUSIVE, L0",
    "FAILED, 1, FAILED, L0",
    "FAILED, 201, INCONCLUSIVE, L0",
    "FAILED, 204, INCONCLUSIVE, L0",
    "FAILED, 206, INCONCLUSIVE, L0",
    "FAILED, 211, INCONCLUSIVE, L0",
    "FAILED, 212, FAILED, L0",
    "FAILED, 213, FAILED, L0",
    "FAILED, 214, FAILED, L0",
    "FAILED, 215, FAILED, L2",
    "FAILED, 216, FAILED, L2",
    "FAILED, 217, INCONCLUSIVE, L0",
    "TIMED_OUT, -1, FAILED, L0",
    "UNDELIVERED, -1, INCONCLUSIVE, L0",
    "CANCELLED, -1, INCONCLUSIVE, L0",
  })
  void aValidationIsJudgedByHowItEnded(
      Ending ending, int code, DrillVerdict verdict, Drill.Level reached) {
    Drill drill = Drills.drill(Drill.Level.L3, Optional.empty(), Optional.empty());

    Judged judged = validated(drill, plan(), ending, code);

    assertThat(judged.verdict()).isEqualTo(verdict);
    assertThat(judged.reached()).contains(reached);
    assertThat(judged.reason()).isNotBlank();
  }

  @Test
  void aFailureSaysWhatItsCodeMeansAndWhatTheDocumentSays() {
    assertThat(validated(Drills.drill(), plan(), Ending.FAILED, 213).reason())
        .isEqualTo("the validation exited with 213: a file system cannot be mounted: its words");
  }

  @Test
  void aVolumeThatWasLeftOutIsAWarningAndMayBeWhyAnApplicationDoesNotStart() {
    DrillPlan full = plan();
    DrillPlan partial =
        new DrillPlan(
            full.pointInTime(),
            full.members(),
            List.of("snap-1 boots its instance, and is not drilled"),
            full.document(),
            full.host(),
            full.cost());

    Judged passed = validated(Drills.drill(), partial, Ending.SUCCEEDED, 0);
    assertThat(passed.verdict()).isEqualTo(DrillVerdict.PASSED_WITH_WARNINGS);
    assertThat(passed.warnings()).containsExactlyElementsOf(partial.excluded());
    assertThat(validated(Drills.drill(), partial, Ending.FAILED, 215).verdict())
        .isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(validated(Drills.drill(), partial, Ending.FAILED, 214).verdict())
        .isEqualTo(DrillVerdict.FAILED);
  }

  @Test
  void targetsThatAreMissedAreWarnings() {
    Drill drill =
        Drills.drill(
            Drill.Level.L2, Optional.of(Duration.ofSeconds(299)), Optional.of(Duration.ofHours(5)));

    Judged judged = validated(drill, plan(), Ending.SUCCEEDED, 0);

    assertThat(judged.verdict()).isEqualTo(DrillVerdict.PASSED_WITH_WARNINGS);
    assertThat(judged.warnings())
        .containsExactly(
            "it took 5 min to recover, expected 299 s at most",
            "the set was 6 h old, expected 5 h at most");
  }

  @Test
  void aTroubleOfTheSetFailsItAndAnyOtherSaysNothing() {
    for (boolean ofSet : new boolean[] {true, false}) {
      Judged judged =
          DrillJudgement.of(
              row(
                  Drills.drill(),
                  plan(),
                  Map.of(),
                  Optional.of(new DrillTrouble(ofSet, "the key is disabled"))),
              Optional.of("it broke off"));
      assertThat(judged.verdict())
          .isEqualTo(ofSet ? DrillVerdict.FAILED : DrillVerdict.INCONCLUSIVE);
      assertThat(judged.reason()).isEqualTo("the key is disabled");
    }
  }

  @Test
  void aValidationThatDidNotEndSaysNothingWhereItsInstanceEnded() {
    Judged judged =
        DrillJudgement.of(
            row(
                Drills.drill(),
                plan(),
                Map.of(DrillCommand.VALIDATE, check(Ending.TIMED_OUT, -1)),
                Optional.of(new DrillTrouble(false, "somebody stopped it"))),
            Optional.empty());

    assertThat(judged.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(judged.reason()).isEqualTo("somebody stopped it");
  }

  @Test
  void aDrillThatBrokeOffAfterItsValidationCountsAndOneBeforeSaysNothing() {
    Map<DrillCommand, DrillCheck> passed =
        Map.of(DrillCommand.VALIDATE, check(Ending.SUCCEEDED, 0));
    assertThat(
            DrillJudgement.of(
                    row(Drills.drill(), plan(), passed, Optional.empty()), Optional.of("aborted"))
                .verdict())
        .isEqualTo(DrillVerdict.PASSED);
    Judged broken =
        DrillJudgement.of(
            row(
                Drills.drill(),
                plan(),
                Map.of(DrillCommand.DRY_RUN, check(Ending.SUCCEEDED, 0)),
                Optional.empty()),
            Optional.of("aborted"));
    assertThat(broken.verdict()).isEqualTo(DrillVerdict.INCONCLUSIVE);
    assertThat(broken.reached()).isEmpty();
  }

  @Test
  void completeSnapshotsAreAllThatTheLowestLevelWants() {
    Drill complete = Drills.drill(Drill.Level.L0, Optional.empty(), Optional.empty());
    DrillRow row = row(complete, plan(), Map.of(), Optional.empty());

    assertThat(DrillJudgement.of(row, Optional.empty()).verdict()).isEqualTo(DrillVerdict.PASSED);
    assertThat(DrillJudgement.of(row, Optional.of("aborted")).verdict())
        .isEqualTo(DrillVerdict.INCONCLUSIVE);
  }
}
