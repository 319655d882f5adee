package dev.freezeframe.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.marker.ScriptMarkers;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.script.ScriptRun.Ending;
import dev.freezeframe.consistency.ssm.DocumentContract;
import dev.freezeframe.consistency.ssm.SsmDocuments;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest prints as somebody in it would write it who wants to be believed, or to do harm. */
class HostileOutputTest {
  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);
  private static final Instant SENT = Instant.parse("2026-11-22T02:00:00Z");

  private static ScriptRun run(String output) {
    return run(output, SENT);
  }

  private static ScriptRun run(String output, Instant sentAt) {
    return new ScriptRun(
        "command",
        Ending.SUCCEEDED,
        0,
        sentAt,
        sentAt.plusSeconds(2),
        Optional.of(sentAt),
        Optional.of(sentAt.plusSeconds(1)),
        output);
  }

  /** On a set that was taken 3 s after the pre-script was sent, and 1 s after it had ended. */
  private static Verdict verdict(String pre, String post, int thawSentAfter) {
    Instant thawSent = SENT.plusSeconds(thawSentAfter);
    return Verdict.of(
        new Evidence(
            false,
            Optional.empty(),
            Optional.of(PreScriptRun.of(ATTEMPT, run(pre))),
            PostScriptRun.of(ATTEMPT, run(post, thawSent)),
            Optional.of(thawSent),
            List.of(),
            new PointInTime(SENT.plusSeconds(3), true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z",
        "1999-12-31T23:59:59Z",
        "2200-01-02T00:00:00Z",
        "2026-11-22",
        "now",
        "99999999999999999999"
      })
  void aTimeThatIsNoneOfABackupCountsAsNotStated(String time) {
    String output = "FREEZEFRAME event=frozen at=%s\n".formatted(time);
    PreScriptRun pre = PreScriptRun.of(ATTEMPT, run(output));

    assertThat(ScriptMarkers.of(output).at("frozen")).isEmpty();
    assertThatCode(() -> Duration.between(SENT, pre.frozenAt().orElse(SENT)).toMillis())
        .doesNotThrowAnyException();
  }

  /** Those of an application, or of another run, know nothing of the attempt. */
  @Test
  void forgedStampsMakeNoProofOfAClaim() {
    String forged =
        """
        FREEZEFRAME event=held at=2026-11-22T02:00:02Z volumes=vol-0123456789abcdef0
        FREEZEFRAME event=held at=2026-11-22T02:00:02Z execution=%s volumes=vol-0123456789abcdef0
        """
            .formatted(AttemptId.of("another", 1).value());
    String frozen = "FREEZEFRAME event=frozen at=2026-11-22T02:00:02Z\n";

    assertThat(verdict(frozen + forged, "", 4).proof()).contains(Proof.CLAIMED);
    assertThat(
            verdict(frozen + forged.replace("at=", "execution=" + ATTEMPT.value() + " at="), "", 4)
                .proof())
        .contains(Proof.PROVED);
  }

  @Test
  void stampsThatAnApplicationPrintsCanOnlyTakeTheVerdictAway() {
    List<String> forged =
        List.of(
            "FREEZEFRAME event=armed at=2026-11-22T02:00:01Z",
            "FREEZEFRAME event=frozen at=2026-11-22T01:00:00Z",
            "FREEZEFRAME event=frozen at=2026-11-22T02:00:02Z",
            "FREEZEFRAME event=frozen at=2026-11-22T09:00:00Z",
            "FREEZEFRAME event=thawing at=2026-11-22T02:00:05Z",
            "FREEZEFRAME event=thawing at=2020-01-01T00:00:00Z",
            "FREEZEFRAME event=auto-thawed at=2026-11-22T02:00:01Z",
            "FREEZEFRAME event=",
            "FREEZEFRAME",
            "harmless");
    Random random = new Random(6);
    for (int round = 0; round < 2000; round++) {
      StringBuilder pre = new StringBuilder();
      StringBuilder post = new StringBuilder();
      for (int line = random.nextInt(4); line >= 0; line--) {
        pre.append(forged.get(random.nextInt(forged.size()))).append('\n');
        post.append(forged.get(random.nextInt(forged.size()))).append('\n');
      }
      // By AWS's clock the thaw was sent before the point in time: nothing printed changes that.
      assertThat(verdict(pre.toString(), post.toString(), 2).consistency())
          .isNotEqualTo(Consistency.APPLICATION);
    }
    assertThat(verdict("", "", 2).consistency()).isEqualTo(Consistency.UNKNOWN);
    assertThat(verdict("", "", 4).consistency()).isEqualTo(Consistency.APPLICATION);
  }

  @Test
  void noOutputChangesHowItsScriptEnded() {
    ScriptRun failed =
        new ScriptRun(
            "command",
            Ending.FAILED,
            203,
            SENT,
            SENT,
            Optional.empty(),
            Optional.empty(),
            "FREEZEFRAME event=thawing at=2026-11-22T02:00:05Z\nexit 0\nSuccess");

    assertThat(PostScriptRun.of(ATTEMPT, failed).orElseThrow().answer())
        .isEqualTo(PostScriptRun.Answer.AUTO_THAWED);
  }

  @Test
  void whatIsRepeatedOfAnOutputIsOneShortLineWithoutEscapes() {
    String output =
        "\u001b]0;owned\u0007\u001b[2J\r\nroot#\t\u009b31m\u202e" + "\ud83d\ude00".repeat(9_000);
    String words = run(output).explain();
    String ended = run("x".repeat(9_000) + "\u001b[2J\u0000\ud83d").explain();

    for (String text :
        List.of(words, ended, SnapshotTags.value(words), SnapshotTags.value(output))) {
      assertThat(text.codePoints().filter(Character::isISOControl).count()).isZero();
      assertThat(text).doesNotContain("\u202e").hasLineCount(1);
    }
    assertThat(ended).contains("\\u001b[2J\\u0000\\ud83d").hasSizeLessThan(500);
    assertThat(SnapshotTags.value(output).codePoints().count()).isLessThanOrEqualTo(256);
  }

  @Test
  void whateverADocumentHoldsItIsReadOrRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int level = 1; level < 40; level++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d]\n".formatted(level, level - 1));
    }
    Random random = new Random(6);
    String valid =
        """
        {"schemaVersion": "2.2", "parameters": {"executionId": {"type": "String"},
          "command": {"allowedValues": ["pre-script", "post-script", "dry-run"]}},
         "mainSteps": [{"action": "aws:runShellScript", "precondition":
           {"StringEquals": ["platformType", "Linux"]}}]}
        """;
    for (int round = 0; round < 1000; round++) {
      StringBuilder text = new StringBuilder(round == 0 ? bomb : valid);
      for (int wrong = random.nextInt(4); wrong > 0; wrong--) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(9)),
            "[{&a*!\u0000".substring(random.nextInt(7)));
      }
      Optional<JsonNode> content = SsmDocuments.parse(text.toString());
      content.ifPresent(
          read -> {
            assertThat(String.join("; ", DocumentContract.breaches(read))).hasSizeLessThan(2_000);
            DocumentContract.runs(read, "Linux", Script.PRE_SCRIPT);
          });
    }
    assertThat(SsmDocuments.parse("[".repeat(60_000))).isEmpty();
    assertThat(SsmDocuments.parse("- ".repeat(60_000))).isEmpty();
    assertThat(SsmDocuments.parse("")).isEmpty();
  }
}
