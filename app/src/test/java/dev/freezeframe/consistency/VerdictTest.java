package dev.freezeframe.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);
  private static final Instant KNOWN = Instant.parse("2026-11-22T02:00:03.000Z");
  private static final Instant TAKEN = Instant.parse("2026-11-22T02:00:04.000Z");
  private static final Instant SENT = Instant.parse("2026-11-22T02:00:05.000Z");
  private static final Duration BEYOND = Verdict.CLOCK_TOLERANCE.plusMillis(1);

  private static PreScriptRun pre(Optional<Instant> frozenAt) {
    return new PreScriptRun(ATTEMPT, KNOWN, Optional.of(KNOWN.minusSeconds(1)), frozenAt, false);
  }

  private static PostScriptRun post(PostScriptRun.Answer answer, Optional<Instant> thawedAt) {
    return new PostScriptRun(ATTEMPT, SENT, answer, "words", thawedAt, Optional.empty());
  }

  /** One row of the table: every combination of what evidence can say. */
  record Row(
      boolean quiescent,
      boolean withoutScripts,
      boolean preSucceeded,
      Optional<PostScriptRun.Answer> answer,
      Instant pointInTime,
      Optional<Instant> abandonedThaw,
      Optional<Instant> frozenAt,
      Optional<Instant> thawedAt) {

    Evidence evidence() {
      return new Evidence(
          quiescent,
          withoutScripts ? Optional.of("the policy has none") : Optional.empty(),
          preSucceeded ? Optional.of(pre(frozenAt)) : Optional.empty(),
          answer.map(said -> post(said, thawedAt)),
          abandonedThaw.or(() -> answer.map(said -> SENT)),
          pointInTime);
    }

    boolean frozenByScripts() {
      Instant thaw = abandonedThaw.filter(sent -> sent.isBefore(SENT)).orElse(SENT);
      boolean inside = !pointInTime.isBefore(KNOWN) && !pointInTime.isAfter(thaw);
      boolean guestAgrees =
          frozenAt.map(at -> !at.isAfter(pointInTime.plus(Verdict.CLOCK_TOLERANCE))).orElse(true)
              && thawedAt
                  .map(at -> !at.isBefore(pointInTime.minus(Verdict.CLOCK_TOLERANCE)))
                  .orElse(true);
      return preSucceeded
          && answer.equals(Optional.of(PostScriptRun.Answer.THAWED))
          && inside
          && guestAgrees;
    }
  }

  static List<Row> everyCombination() {
    List<Optional<PostScriptRun.Answer>> answers = new ArrayList<>();
    answers.add(Optional.empty());
    for (PostScriptRun.Answer answer : PostScriptRun.Answer.values()) {
      answers.add(Optional.of(answer));
    }
    List<Instant> points =
        List.of(KNOWN.minusMillis(1), KNOWN, TAKEN, SENT.minusMillis(1), SENT, SENT.plusSeconds(9));
    List<Optional<Instant>> thaws =
        List.of(Optional.empty(), Optional.of(TAKEN), Optional.of(SENT.plusSeconds(1)));
    List<Row> rows = new ArrayList<>();
    for (boolean quiescent : new boolean[] {true, false}) {
      for (boolean withoutScripts : new boolean[] {true, false}) {
        for (boolean pre : new boolean[] {true, false}) {
          for (Optional<PostScriptRun.Answer> answer : answers) {
            for (Instant point : points) {
              for (Optional<Instant> thaw : thaws) {
                for (Optional<Instant> frozen : guestTimes(point)) {
                  for (Optional<Instant> thawed : guestTimes(point)) {
                    rows.add(
                        new Row(
                            quiescent, withoutScripts, pre, answer, point, thaw, frozen, thawed));
                  }
                }
              }
            }
          }
        }
      }
    }
    return rows;
  }

  private static List<Optional<Instant>> guestTimes(Instant point) {
    return List.of(
        Optional.empty(),
        Optional.of(point.minus(BEYOND)),
        Optional.of(point.minus(Verdict.CLOCK_TOLERANCE)),
        Optional.of(point.plus(Verdict.CLOCK_TOLERANCE)),
        Optional.of(point.plus(BEYOND)));
  }

  @Test
  void onlyProofMakesASetApplicationConsistentInEveryCombination() {
    List<Row> rows = everyCombination();

    assertThat(rows).hasSizeGreaterThan(10_000);
    assertThat(rows)
        .allSatisfy(
            row -> {
              Verdict verdict = Verdict.of(row.evidence());
              Consistency expected =
                  row.quiescent()
                      ? Consistency.APPLICATION
                      : row.withoutScripts()
                          ? Consistency.CRASH
                          : row.frozenByScripts() ? Consistency.APPLICATION : Consistency.UNKNOWN;
              assertThat(verdict.consistency()).isEqualTo(expected);
              assertThat(verdict.reason()).isNotBlank();
            });
  }

  private static Evidence proved() {
    return new Evidence(
        false,
        Optional.empty(),
        Optional.of(pre(Optional.empty())),
        Optional.of(post(PostScriptRun.Answer.THAWED, Optional.empty())),
        Optional.of(SENT),
        TAKEN);
  }

  @Test
  void theReasonOfAProvedFreezeNamesBothEndsAndTheTolerance() {
    assertThat(Verdict.of(proved()).reason())
        .isEqualTo(
            "held by its scripts from 2026-11-22T02:00:03Z to 2026-11-22T02:00:05Z, point in time"
                + " 2026-11-22T02:00:04Z (guest's clock within 2 s)");
  }

  @Test
  void aDocumentThatSaysThatItFrozeNothingLeavesItCrashConsistent() {
    Evidence proved = proved();
    PreScriptRun nothing =
        new PreScriptRun(ATTEMPT, KNOWN, Optional.empty(), Optional.empty(), true);

    assertThat(
            Verdict.of(
                    new Evidence(
                        false,
                        Optional.empty(),
                        Optional.of(nothing),
                        proved.post(),
                        proved.firstThawSentAt(),
                        TAKEN))
                .consistency())
        .isEqualTo(Consistency.CRASH);
  }

  @Test
  void aThawThatSomeoneElseSentFirstEndsTheProof() {
    Evidence proved = proved();
    Evidence abandoned =
        new Evidence(
            false,
            Optional.empty(),
            proved.pre(),
            proved.post(),
            Optional.of(TAKEN.minusMillis(1)),
            TAKEN);

    assertThat(Verdict.of(abandoned).consistency()).isEqualTo(Consistency.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(value = PostScriptRun.Answer.class, names = "THAWED", mode = EnumSource.Mode.EXCLUDE)
  void everyAnswerButThawedLeavesItUnknownAndSaysWhy(PostScriptRun.Answer answer) {
    Evidence proved = proved();
    Evidence other =
        new Evidence(
            false,
            Optional.empty(),
            proved.pre(),
            Optional.of(post(answer, Optional.empty())),
            proved.firstThawSentAt(),
            TAKEN);

    assertThat(Verdict.of(other).consistency()).isEqualTo(Consistency.UNKNOWN);
    assertThat(Verdict.of(other).reason())
        .containsAnyOf("(203)", "(205)", "gone before the post-script");
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void aGuestWhoseClockContradictsTakesTheVerdictAway(Evidence contradicted, String says) {
    assertThat(Verdict.of(contradicted).consistency()).isEqualTo(Consistency.UNKNOWN);
    assertThat(Verdict.of(contradicted).reason()).contains(says).contains("tolerance 2 s");
  }

  static List<Arguments> contradictions() {
    Evidence proved = proved();
    return List.of(
        Arguments.of(
            new Evidence(
                false,
                Optional.empty(),
                Optional.of(pre(Optional.of(TAKEN.plus(BEYOND)))),
                proved.post(),
                proved.firstThawSentAt(),
                TAKEN),
            "froze at"),
        Arguments.of(
            new Evidence(
                false,
                Optional.empty(),
                proved.pre(),
                Optional.of(post(PostScriptRun.Answer.THAWED, Optional.of(TAKEN.minus(BEYOND)))),
                proved.firstThawSentAt(),
                TAKEN),
            "thawed at"));
  }
}
