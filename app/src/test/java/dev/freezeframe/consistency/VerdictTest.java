package dev.freezeframe.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.marker.HeldVolumes;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
  private static final AttemptId ATTEMPT = AttemptId.of("execution", 1);
  private static final Instant KNOWN = Instant.parse("2026-11-22T02:00:03.100Z");
  private static final Instant TAKEN = Instant.parse("2026-11-22T02:00:04.100Z");
  private static final Instant SENT = Instant.parse("2026-11-22T02:00:05.100Z");
  private static final Optional<HeldVolumes> HELD =
      Optional.of(new HeldVolumes(List.of(new VolumeId("vol-0123456789abcdef0")), Map.of()));
  private static final Duration BEYOND = Verdict.CLOCK_TOLERANCE.plusMillis(1);

  private static PreScriptRun pre(Optional<Instant> frozenAt) {
    return new PreScriptRun(
        ATTEMPT,
        KNOWN,
        Optional.of(KNOWN.minusSeconds(1)),
        frozenAt,
        false,
        Optional.empty(),
        HELD);
  }

  private static PostScriptRun post(PostScriptRun.Answer answer, Optional<Instant> thawedAt) {
    return new PostScriptRun(
        ATTEMPT, SENT, answer, "words", thawedAt, Optional.empty(), Optional.empty());
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
          List.of(),
          new PointInTime(pointInTime, true));
    }

    boolean frozenByScripts() {
      Instant thaw = abandonedThaw.filter(sent -> sent.isBefore(SENT)).orElse(SENT);
      boolean whole = pointInTime.equals(pointInTime.truncatedTo(ChronoUnit.SECONDS));
      Instant latest = whole ? pointInTime.plusMillis(999) : pointInTime;
      boolean inside = !latest.isBefore(KNOWN) && !pointInTime.isAfter(thaw);
      Duration ahead = Verdict.CLOCK_TOLERANCE.plusSeconds(whole ? 1 : 0);
      boolean guestAgrees =
          frozenAt.map(at -> !at.isAfter(pointInTime.plus(ahead))).orElse(true)
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
        List.of(
            KNOWN.minusMillis(1),
            KNOWN,
            KNOWN.truncatedTo(ChronoUnit.SECONDS),
            KNOWN.truncatedTo(ChronoUnit.SECONDS).minusSeconds(1),
            TAKEN,
            SENT.minusMillis(1),
            SENT.truncatedTo(ChronoUnit.SECONDS),
            SENT,
            SENT.plusSeconds(9));
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
        Optional.of(point.plus(BEYOND)),
        Optional.of(point.plus(BEYOND).plusSeconds(1)));
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
        List.of(),
        new PointInTime(TAKEN, true));
  }

  @Test
  void theReasonOfAProvedFreezeNamesBothEndsAndTheTolerance() {
    assertThat(Verdict.of(proved()).reason())
        .isEqualTo(
            "held by its scripts from 2026-11-22T02:00:03.100Z to 2026-11-22T02:00:05.100Z, point in time"
                + " 2026-11-22T02:00:04.100Z (guest's clock within 2 s)");
  }

  @Test
  void aDocumentThatSaysThatItFrozeNothingLeavesItCrashConsistent() {
    Evidence proved = proved();
    PreScriptRun nothing =
        new PreScriptRun(
            ATTEMPT, KNOWN, Optional.empty(), Optional.empty(), true, Optional.empty(), HELD);

    assertThat(
            Verdict.of(
                    new Evidence(
                        false,
                        Optional.empty(),
                        Optional.of(nothing),
                        proved.post(),
                        proved.firstThawSentAt(),
                        List.of(),
                        new PointInTime(TAKEN, true)))
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
            List.of(),
            new PointInTime(TAKEN, true));

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
            List.of(),
            new PointInTime(TAKEN, true));

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
                List.of(),
                new PointInTime(TAKEN, true)),
            "froze at"),
        Arguments.of(
            new Evidence(
                false,
                Optional.empty(),
                proved.pre(),
                Optional.of(post(PostScriptRun.Answer.THAWED, Optional.of(TAKEN.minus(BEYOND)))),
                proved.firstThawSentAt(),
                List.of(),
                new PointInTime(TAKEN, true)),
            "thawed at"));
  }

  private static Evidence taken(PointInTime point, Instant knownAt, Instant thawSentAt) {
    return new Evidence(
        false,
        Optional.empty(),
        Optional.of(
            new PreScriptRun(
                ATTEMPT,
                knownAt,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                HELD)),
        Optional.of(
            new PostScriptRun(
                ATTEMPT,
                thawSentAt,
                PostScriptRun.Answer.THAWED,
                "words",
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        Optional.of(thawSentAt),
        List.of(),
        point);
  }

  /** EC2 may stamp a call on receipt and take its data after the thaw that its loss brought on. */
  @Test
  void aSetWhoseCallWasNeverAnsweredIsProvedOnlyByAFreezeThatOutlastsTheCall() {
    PointInTime unanswered = new PointInTime(TAKEN, false);

    Verdict early = Verdict.of(taken(unanswered, KNOWN, TAKEN.plusSeconds(59)));
    assertThat(early.consistency()).isEqualTo(Consistency.UNKNOWN);
    assertThat(early.reason()).contains("CreateSnapshots was not answered");
    assertThat(Verdict.of(taken(unanswered, KNOWN, TAKEN.plusSeconds(60))).consistency())
        .isEqualTo(Consistency.APPLICATION);
    assertThat(
            Verdict.of(taken(new PointInTime(TAKEN, true), KNOWN, TAKEN.plusSeconds(59)))
                .consistency())
        .isEqualTo(Consistency.APPLICATION);
  }

  @Test
  void aWholeSecondMayBeASecondMoreWhereNothingWasAnswered() {
    Instant whole = Instant.parse("2026-11-22T02:00:04Z");
    PointInTime unanswered = new PointInTime(whole, false);

    assertThat(Verdict.of(taken(unanswered, KNOWN, whole.plusSeconds(60))).consistency())
        .isEqualTo(Consistency.UNKNOWN);
    assertThat(Verdict.of(taken(unanswered, KNOWN, whole.plusSeconds(61))).consistency())
        .isEqualTo(Consistency.APPLICATION);
  }

  @Test
  void aGuestThatThawedByItsOwnClockWhileAnUnansweredCallCouldStillActProvesNothing() {
    Instant sent = TAKEN.plusSeconds(70);
    Evidence evidence =
        new Evidence(
            false,
            Optional.empty(),
            proved().pre(),
            Optional.of(
                new PostScriptRun(
                    ATTEMPT,
                    sent,
                    PostScriptRun.Answer.THAWED,
                    "words",
                    Optional.of(TAKEN.plusSeconds(50)),
                    Optional.empty(),
                    Optional.empty())),
            Optional.of(sent),
            List.of(),
            new PointInTime(TAKEN, false));

    assertThat(Verdict.of(evidence).consistency()).isEqualTo(Consistency.UNKNOWN);
  }

  /** Rounded down, the point in time is up to a second too early; the guest's clock is not. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T02:00:04.000Z, 2999, APPLICATION",
    "2026-11-22T02:00:04.000Z, 3001, UNKNOWN",
    "2026-11-22T02:00:04.500Z, 1999, APPLICATION",
    "2026-11-22T02:00:04.500Z, 2001, UNKNOWN"
  })
  void aGuestMayBeASecondMoreAheadWhereEc2StatesWholeSeconds(
      Instant stated, long ahead, Consistency expected) {
    Evidence evidence =
        new Evidence(
            false,
            Optional.empty(),
            Optional.of(pre(Optional.of(stated.plusMillis(ahead)))),
            proved().post(),
            Optional.of(SENT),
            List.of(),
            new PointInTime(stated, true));

    assertThat(Verdict.of(evidence).consistency()).isEqualTo(expected);
  }

  @Test
  void aFreezeKnownWithinTheSecondThatEc2StatesIsNotBeforeIt() {
    Instant whole = Instant.parse("2026-11-22T02:00:04Z");
    Instant known = whole.plusMillis(400);

    assertThat(Verdict.of(taken(new PointInTime(whole, true), known, SENT)).consistency())
        .isEqualTo(Consistency.APPLICATION);
    assertThat(
            Verdict.of(taken(new PointInTime(whole.plusMillis(1), true), known, SENT))
                .consistency())
        .isEqualTo(Consistency.UNKNOWN);
  }

  @Test
  void stepsThatTheAgentLeavesOutAreNoSuccess() {
    Evidence proved = proved();
    Evidence leftOut =
        new Evidence(
            false,
            Optional.empty(),
            proved.pre(),
            proved.post(),
            proved.firstThawSentAt(),
            List.of("pre", "post"),
            proved.pointInTime());

    assertThat(Verdict.of(leftOut).consistency()).isEqualTo(Consistency.UNKNOWN);
    assertThat(Verdict.of(leftOut).reason()).contains("the steps 'pre', 'post'");
  }

  @Test
  void aScriptWhoseSuccessIsInDoubtProvesNothing() {
    Evidence proved = proved();
    PreScriptRun doubtful =
        new PreScriptRun(
            ATTEMPT,
            KNOWN,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of(" did nothing"),
            HELD);
    Evidence evidence =
        new Evidence(
            false,
            Optional.empty(),
            Optional.of(doubtful),
            proved.post(),
            proved.firstThawSentAt(),
            List.of(),
            proved.pointInTime());

    assertThat(Verdict.of(evidence))
        .isEqualTo(
            new Verdict(Consistency.UNKNOWN, Optional.empty(), "the pre-script did nothing"));
  }
}
