package dev.freezeframe.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.operator.report.HealthSummary.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthSummaryTest {
  private static final Instant DUE = Instant.parse("2026-11-22T02:00:00Z");

  private static Report.Run run(String... statuses) {
    return new Report.Run(
        "daily-20261122T020000Z",
        DUE,
        Arrays.stream(statuses).map(HealthSummaryTest::backup).toList());
  }

  private static Backup backup(String status) {
    return backup(status, Optional.empty(), 0);
  }

  private static Backup backup(String status, Optional<String> consistency, int frozenSeconds) {
    return new Backup(
        "i-0aaa0000000000001",
        status,
        consistency,
        Optional.empty(),
        "reason",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.of(Duration.ofSeconds(frozenSeconds)).filter(frozen -> !frozen.isZero()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static HealthSummary judge(
      List<String> frozen, List<Report.Doubt> doubts, List<String> troubles, Report.Run... runs) {
    return HealthSummary.of(
        new Report(
            "title",
            "source",
            DUE,
            ZoneOffset.UTC,
            List.of(),
            List.of(runs),
            List.of(),
            List.of(),
            new Report.StillHeld(frozen, List.of(), List.of()),
            doubts,
            troubles,
            Map.of("i-0aaa0000000000001", "db-1"),
            Optional.of(Duration.ofSeconds(30)),
            List.of(),
            List.of()));
  }

  private static HealthSummary judge(Report.Run... runs) {
    return judge(List.of(), List.of(), List.of(), runs);
  }

  @Test
  void successesAndAllowedSkipsAreGood() {
    assertThat(judge(run("SUCCEEDED")))
        .isEqualTo(
            new HealthSummary(Level.GOOD, "The backup succeeded; no snapshot set was taken."));
    assertThat(judge(run("SUCCEEDED", "SKIPPED"), run("SUCCEEDED")))
        .isEqualTo(
            new HealthSummary(
                Level.GOOD,
                "Each of 3 backups in 2 runs succeeded or was skipped for an allowed reason; no"
                    + " snapshot set was taken."));
    assertThat(judge(run("SKIPPED")))
        .isEqualTo(
            new HealthSummary(
                Level.GOOD,
                "The backup was skipped for an allowed reason; no snapshot set was taken."));
    assertThat(judge(run())).isEqualTo(new HealthSummary(Level.GOOD, "No instance matched."));
  }

  private static HealthSummary judge(Backup... backups) {
    return judge(new Report.Run("daily-20261122T020000Z", DUE, List.of(backups)));
  }

  @Test
  void whatTheSetsAreWorthIsTold() {
    assertThat(judge(backup("SUCCEEDED", Optional.of("APPLICATION"), 3)))
        .isEqualTo(new HealthSummary(Level.GOOD, "The backup succeeded: APPLICATION."));
    assertThat(
            judge(
                backup("SUCCEEDED", Optional.of("APPLICATION"), 3),
                backup("SUCCEEDED", Optional.of("CRASH"), 0),
                backup("SKIPPED", Optional.empty(), 0)))
        .isEqualTo(
            new HealthSummary(
                Level.GOOD,
                "Each of 3 backups succeeded or was skipped for an allowed reason: 1 APPLICATION, 1"
                    + " CRASH, 1 without a set."));
  }

  @Test
  void aGuestThatWasFrozenForNoApplicationConsistentSetNeedsALook() {
    for (Backup backup :
        List.of(
            backup("SKIPPED", Optional.empty(), 29),
            backup("SUCCEEDED", Optional.of("CRASH"), 29),
            backup("SUCCEEDED", Optional.of("UNKNOWN"), 29))) {
      HealthSummary judgement = judge(backup);

      assertThat(judgement.level()).isEqualTo(Level.ATTENTION);
      assertThat(judgement.good()).isTrue();
      assertThat(judgement.sentence())
          .startsWith(
              "1 guest was frozen, and no application-consistent set came of it:"
                  + " i-0aaa0000000000001 db-1 29.0 s. The backup ");
    }
  }

  @Test
  void aFreezeBeyondTheBudgetNeedsALookThoughItsSetIsGood() {
    assertThat(judge(backup("SUCCEEDED", Optional.of("APPLICATION"), 30)).level())
        .isEqualTo(Level.GOOD);
    assertThat(judge(backup("SUCCEEDED", Optional.of("APPLICATION"), 119)))
        .isEqualTo(
            new HealthSummary(
                Level.ATTENTION,
                "Frozen for longer than scripts.freezeBudget (30 s): i-0aaa0000000000001 db-1 119.0"
                    + " s. The backup succeeded: APPLICATION."));
  }

  @Test
  void aFailureInAnyRunIsTold() {
    assertThat(judge(run("FAILED", "SUCCEEDED"), run("SUCCEEDED"), run("RUNNING")))
        .isEqualTo(
            new HealthSummary(
                Level.BAD,
                "1 of 4 backups failed, in 1 of 3 runs; 1 of 4 backups without an outcome on"
                    + " record, in 1 of 3 runs."));
  }

  @Test
  void whatIsFrozenComesFirstAndWhatElseWentWrongIsNotForgotten() {
    assertThat(
            judge(
                List.of("i-1"),
                List.of(new Report.Doubt("i-2", "no post-script is on record")),
                List.of("retention's run expire-1 ended as FAILED"),
                run("SUCCEEDED")))
        .isEqualTo(
            new HealthSummary(
                Level.BAD,
                "Still frozen: i-1; may still be frozen: i-2; retention's run expire-1 ended as"
                    + " FAILED."));
  }

  @Test
  void whatIsLeftUnmountedOrStoppedIsNamedBeforeWhatFailed() {
    Report report =
        new Report(
            "title",
            "source",
            DUE,
            ZoneOffset.UTC,
            List.of(),
            List.of(run("FAILED")),
            List.of(),
            List.of(),
            new Report.StillHeld(List.of(), List.of("i-1"), List.of("i-2")),
            List.of(),
            List.of(),
            Map.of("i-2", "erp"),
            Optional.empty(),
            List.of(),
            List.of());

    assertThat(HealthSummary.of(report))
        .isEqualTo(
            new HealthSummary(
                Level.BAD, "Still unmounted: i-1; still stopped: i-2 erp; 1 of 1 backup failed."));
  }

  @Test
  void ofManyTheFirstAreNamed() {
    List<String> frozen = IntStream.range(0, 1_007).mapToObj(number -> "i-" + number).toList();

    assertThat(judge(frozen, List.of(), List.of(), run()).sentence())
        .isEqualTo("Still frozen: i-0, i-1, i-2, i-3, i-4, i-5, and 1,001 more.");
  }
}
