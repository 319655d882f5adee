package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.operator.report.HealthSummary;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.drill.Drills;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import dev.freezeframe.rehearsal.report.RehearsalReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The page judges a rehearsal as its exit status does. */
class JudgedRehearsalTest {
  private static final CallFault NO_RETENTION =
      new CallFault() {
        @Override
        public void before(String action, boolean changes, Caller caller, String detail) {
          if (caller.task().equals("PlanExpiry")) {
            throw new FunctionDied("before " + action);
          }
        }
      };

  private static Scene scene() {
    return Scene.of(Fleets.one(1, 1))
        .besides(cloud -> cloud.scheduleExpiry(List.of(Scene.DUE.plus(Duration.ofHours(4)))));
  }

  private static HealthSummary judged(Result result) {
    HealthSummary judgement = HealthSummary.of(RehearsalReport.of(result));
    assertThat(judgement.good()).isEqualTo(result.good());
    return judgement;
  }

  @Test
  void aRunOfRetentionThatFailedIsToldThoughEveryBackupSucceeded() {
    HealthSummary judgement = judged(scene().faults(Faults.NONE.withCalls(NO_RETENTION)).play());

    assertThat(judgement)
        .isEqualTo(
            new HealthSummary(
                HealthSummary.Level.BAD,
                "Retention's run of 2026-11-22T06:00:00Z ended as FAILED."));
  }

  @Test
  void targetsThatWereNeverSelectedAreTold() {
    Result result = scene().play();
    assertThat(judged(result).good()).isTrue();

    HealthSummary judgement = judged(withoutItsLastPage(result));

    assertThat(judgement)
        .isEqualTo(
            new HealthSummary(
                HealthSummary.Level.BAD,
                "Not all targets were selected in the run of %s.".formatted(Scene.DUE)));
  }

  @Test
  void aGuestThatStoodStillForNothingIsToldThoughNothingFailed() {
    String instance = Fleets.instanceId(1);
    GuestFault hangs =
        new GuestFault() {
          @Override
          public ScriptBehavior script(String guest, String command) {
            return command.startsWith("pre-script")
                ? new ScriptBehavior.Hangs()
                : ScriptBehavior.GOOD;
          }
        };
    Result result =
        Scene.of(Fleets.one(1, 1))
            .policy(Scene.ALL_OR_NOTHING.formatted("daily"))
            .faults(Faults.NONE.withGuests(hangs))
            .play();

    HealthSummary judgement = judged(result);

    assertThat(judgement.level()).isEqualTo(HealthSummary.Level.ATTENTION);
    assertThat(judgement.sentence())
        .contains(instance)
        .startsWith("1 guest was frozen, and no application-consistent set came of it: ")
        .contains("frozen for longer than scripts.freezeBudget (30 s)")
        .endsWith("was skipped for an allowed reason; no snapshot set was taken.");
  }

  @Test
  void whatADrillLeftIsTold() {
    Result result = scene().play();

    HealthSummary judgement =
        judged(
            with(
                result, result.firings(), new Drills(List.of(), List.of("i-1"), Optional.empty())));

    assertThat(judgement)
        .isEqualTo(new HealthSummary(HealthSummary.Level.BAD, "I-1 of a drill is there still."));
  }

  private static Result withoutItsLastPage(Result result) {
    return with(
        result, result.firings().stream().map(JudgedRehearsalTest::cut).toList(), result.drills());
  }

  private static Result with(Result result, List<Firing> firings, Drills drills) {
    return new Result(
        result.seed(),
        result.policy(),
        result.fleet(),
        firings,
        result.end(),
        result.calls(),
        result.invocations(),
        result.log(),
        result.guests(),
        result.downtimes(),
        result.stillStopped(),
        result.ledger(),
        result.snapshots(),
        result.lives(),
        result.kept(),
        result.expiries(),
        result.concurrency(),
        List.of(),
        result.risks(),
        drills,
        Optional.empty());
  }

  private static Firing cut(Firing firing) {
    RunView view = firing.view();
    return new Firing(
        firing.scheduledAt(),
        firing.run(),
        new RunView(
            view.run(),
            view.pages().stream()
                .map(
                    page ->
                        new PageRow(
                            page.run(), page.page(), page.selected(), page.invalid(), false))
                .toList(),
            view.freezes(),
            view.stops(),
            view.outcomes()),
        firing.backups());
  }
}
