package dev.freezeframe.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.marker.ScriptMarkers;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.consistency.script.ScriptRun;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptAnswersTest {
  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);
  private static final Instant SENT = Instant.parse("2026-11-22T02:00:00Z");

  private static ScriptRun run(ScriptRun.Ending ending, int exitCode, String output) {
    return new ScriptRun(
        "command",
        ending,
        exitCode,
        SENT,
        SENT.plusSeconds(3),
        Optional.of(SENT.plusSeconds(1)),
        Optional.of(SENT.plusSeconds(2)),
        output);
  }

  @ParameterizedTest
  @CsvSource({
    "201, the pre-script failed during execution",
    "202, the post-script failed during execution",
    "203, auto-thaw occurred before the post-script was initiated",
    "204, the pre-script was initiated while a post-script was expected",
    "205, the post-script was initiated while a pre-script was expected",
    "206, the application is not ready for the script",
    "1, not one of DLM's codes"
  })
  void everyExitCodeHasItsDocumentedMeaning(int code, String meaning) {
    assertThat(run(ScriptRun.Ending.FAILED, code, "").describe())
        .isEqualTo("exited with %d: %s".formatted(code, meaning));
  }

  @ParameterizedTest
  @CsvSource({"203, AUTO_THAWED", "205, NOT_FROZEN"})
  void aPostScriptThatFoundTheGuestThawedHasAnswered(int code, PostScriptRun.Answer answer) {
    assertThat(PostScriptRun.of(ATTEMPT, run(ScriptRun.Ending.FAILED, code, "")))
        .map(PostScriptRun::answer)
        .contains(answer);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 201, 202, 204, 206})
  void anyOtherExitOfAPostScriptProvesNothing(int code) {
    assertThat(PostScriptRun.of(ATTEMPT, run(ScriptRun.Ending.FAILED, code, ""))).isEmpty();
  }

  @ParameterizedTest(name = "pre-script {0} {1}, post-script {2} {3}: {4}")
  @CsvSource({
    "FAILED, 1, FAILED, 1, true",
    "FAILED, 201, FAILED, 3, true",
    "FAILED, 127, FAILED, 127, true",
    "FAILED, 1, FAILED, 202, false",
    "FAILED, 1, FAILED, 204, false",
    "FAILED, 1, FAILED, 206, false",
    "FAILED, 1, FAILED, 137, false",
    "FAILED, 137, FAILED, 1, false",
    "FAILED, 143, FAILED, 1, false",
    "FAILED, 1, TIMED_OUT, -1, false",
    "FAILED, 1, UNDELIVERED, -1, false",
    "TIMED_OUT, 137, FAILED, 1, false",
    "UNDELIVERED, -1, FAILED, 1, false",
    "CANCELLED, -1, FAILED, 1, false",
    "SUCCEEDED, 0, FAILED, 1, false"
  })
  void aPostScriptThatFailsHasFoundNothingOnlyWhereItsPreScriptHadEndedBadlyByItself(
      ScriptRun.Ending pre, int preCode, ScriptRun.Ending post, int postCode, boolean nothing) {
    assertThat(PostScriptRun.afterRefusal(ATTEMPT, run(pre, preCode, ""), run(post, postCode, "")))
        .map(PostScriptRun::answer)
        .isEqualTo(nothing ? Optional.of(PostScriptRun.Answer.NOT_FROZEN) : Optional.empty());
  }

  @Test
  void aPostScriptThatDidNotEndProvesNothing() {
    assertThat(PostScriptRun.of(ATTEMPT, run(ScriptRun.Ending.TIMED_OUT, -1, ""))).isEmpty();
    assertThat(PostScriptRun.of(ATTEMPT, run(ScriptRun.Ending.UNDELIVERED, -1, ""))).isEmpty();
    assertThat(PostScriptRun.of(ATTEMPT, run(ScriptRun.Ending.CANCELLED, -1, ""))).isEmpty();
  }

  @Test
  void stampsTellTheTimesOfAGuestAndItsAgentsTimesWhereThereAreNone() {
    String frozen = "noise\nFREEZEFRAME event=frozen at=2026-11-22T02:00:01.120Z mounts=2\n";
    String thawed = "FREEZEFRAME event=thawing at=2026-11-22T02:00:01.500Z\n";

    assertThat(PreScriptRun.of(ATTEMPT, run(ScriptRun.Ending.SUCCEEDED, 0, frozen)).frozenAt())
        .contains(Instant.parse("2026-11-22T02:00:01.120Z"));
    assertThat(PreScriptRun.of(ATTEMPT, run(ScriptRun.Ending.SUCCEEDED, 0, "")).frozenAt())
        .contains(SENT.plusSeconds(2));
    assertThat(PostScriptRun.of(ATTEMPT, run(ScriptRun.Ending.SUCCEEDED, 0, thawed)))
        .flatMap(PostScriptRun::thawedAt)
        .contains(Instant.parse("2026-11-22T02:00:01.500Z"));
    assertThat(PostScriptRun.of(ATTEMPT, run(ScriptRun.Ending.SUCCEEDED, 0, "")))
        .flatMap(PostScriptRun::thawedAt)
        .contains(SENT.plusSeconds(1));
  }

  @Test
  void onlyADocumentWithStampsCanSayThatItFrozeNothing() {
    String synced = "FREEZEFRAME event=synced at=2026-11-22T02:00:01.120Z\n";
    String frozen = "FREEZEFRAME event=frozen at=2026-11-22T02:00:01.120Z mounts=2\n";

    assertThat(PreScriptRun.of(ATTEMPT, run(ScriptRun.Ending.SUCCEEDED, 0, synced)).frozeNothing())
        .isTrue();
    assertThat(PreScriptRun.of(ATTEMPT, run(ScriptRun.Ending.SUCCEEDED, 0, frozen)).frozeNothing())
        .isFalse();
    assertThat(PreScriptRun.of(ATTEMPT, run(ScriptRun.Ending.SUCCEEDED, 0, "")).frozeNothing())
        .isFalse();
  }

  @Test
  void theLastThatAScriptPrintedIsKeptWithoutWhatCouldBreakALog() {
    assertThat(run(ScriptRun.Ending.FAILED, 201, "tables are\nlocked\u001b[31m").explain())
        .isEqualTo(
            "exited with 201: the pre-script failed during execution;"
                + " its output ends with 'tables are locked\\u001b[31m'");
  }

  @Test
  void aScriptThatNamesItsCausesIsExplainedByThemAlone() {
    String printed =
        """
        FREEZEFRAME event=problem at=2026-11-22T02:00:01.120Z cause="no \\"mysql\\" here"
        FREEZEFRAME event=refused at=2026-11-22T02:00:01.130Z code=206 cause="not ready\u001b[31m"
        """;

    assertThat(run(ScriptRun.Ending.FAILED, 206, printed).explain())
        .startsWith("exited with 206")
        .doesNotContain("FREEZEFRAME")
        .endsWith(": no \"mysql\" here; not ready\\u001b[31m");
  }

  @Test
  void aLongOutputIsCutBeforeAWordWhereOneIsNear() {
    String words = "FREEZEFRAME event=freezing mounts=2\n".repeat(30);
    String word = "x".repeat(900);

    assertThat(run(ScriptRun.Ending.FAILED, 201, words).explain())
        .containsPattern("ends with '\\.\\.\\.(FREEZEFRAME|event=freezing|mounts=2) ")
        .endsWith("mounts=2'");
    assertThat(run(ScriptRun.Ending.FAILED, 201, word).explain())
        .containsPattern("ends with '\\.\\.\\.x{100,}'")
        .hasSizeLessThan(400);
  }

  @Test
  void aStampThatIsNoTimeIsNoStamp() {
    assertThat(ScriptMarkers.of("FREEZEFRAME event=frozen at=yesterday\n").at("frozen")).isEmpty();
  }

  @Test
  void theSameAttemptHasTheSameIdAndItsFormIsThatOfDlm() {
    AttemptId first = AttemptId.of("arn:aws:states:::execution:a", 1);

    assertThat(first).isEqualTo(AttemptId.of("arn:aws:states:::execution:a", 1));
    assertThat(first).isNotEqualTo(AttemptId.of("arn:aws:states:::execution:a", 2));
    assertThat(first.value())
        .matches("[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}");
  }

  /** What the agent leaves out it counts as a success, and a pardoned failure likewise. */
  @Test
  void aSuccessInWhichNoStepRanOrOneWasPardonedIsInDoubt() {
    assertThat(run(ScriptRun.Ending.SUCCEEDED, 0, "").doubt()).isEmpty();
    assertThat(run(ScriptRun.Ending.SUCCEEDED, -1, "").doubt()).isPresent();
    assertThat(run(ScriptRun.Ending.SUCCEEDED, 168, "").doubt()).isPresent();
    assertThat(run(ScriptRun.Ending.FAILED, 201, "").doubt()).isEmpty();
  }
}
