package dev.freezeframe.rehearsal.report;

import static java.util.stream.Collectors.groupingBy;

import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.operator.report.Backup;
import dev.freezeframe.operator.report.Report;
import dev.freezeframe.operator.report.RunReader;
import dev.freezeframe.operator.report.SetLives;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.drill.DrillReport;
import dev.freezeframe.rehearsal.restore.RestoreReport;
import dev.freezeframe.rehearsal.restore.Restores;
import dev.freezeframe.rehearsal.run.Firing;
import dev.freezeframe.rehearsal.run.InstanceReport;
import dev.freezeframe.rehearsal.run.Result;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.restore.RestoreRow.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** Makes the report of a rehearsal. */
public final class RehearsalReport {
  private final Result result;
  private final Map<Instant, Map<String, InstanceReport>> told;
  private final Map<RunId, List<SnapshotRow>> rows;

  private RehearsalReport(Result result) {
    this.result = result;
    this.told =
        result.reports().stream()
            .collect(
                groupingBy(
                    InstanceReport::scheduledAt,
                    Collectors.toMap(report -> report.instance().value(), Function.identity())));
    this.rows =
        result.lives().values().stream()
            .map(SnapshotHistory::row)
            .collect(groupingBy(SnapshotRow::run));
  }

  public static Report of(Result result) {
    return new RehearsalReport(result).report();
  }

  private Report report() {
    return new Report(
        "Rehearsal of policy " + result.policy().name(),
        "Embedded cloud, seed %d, virtual time".formatted(result.seed()),
        result.end(),
        result.policy().schedule().timeZone(),
        Stream.concat(Stream.of(result.policy().sentence()), result.risks().notes().stream())
            .toList(),
        result.firings().stream().map(this::run).toList(),
        result.expiries().isEmpty()
            ? List.of()
            : SetLives.of(result.kept(), result.lives().values()),
        Counts.of(result),
        new Report.StillHeld(result.stillFrozen(), result.stillUnmounted(), result.stillStopped()),
        List.of(),
        troubles(),
        result.fleet().names(),
        result.policy().scripts().map(Scripts::freezeBudget),
        result.restores().map(Restores::reports).orElse(List.of()).stream()
            .map(RehearsalReport::restore)
            .toList(),
        result.drills().reports().stream().map(RehearsalReport::drill).toList());
  }

  private List<String> troubles() {
    Stream<String> runs =
        result.firings().stream()
            .flatMap(firing -> RunReader.troubles(firing.scheduledAt(), firing.view()).stream());
    Stream<String> retention =
        result.expiries().stream()
            .filter(run -> run.status() != ExecutionStatus.SUCCEEDED)
            .map(
                run ->
                    "retention's run of %s ended as %s".formatted(run.startedAt(), run.status()));
    Stream<String> restores =
        result.restores().map(Restores::failed).orElse(List.of()).stream()
            .map(
                restore ->
                    "the restore of %s ended as %s: %s"
                        .formatted(restore.instance(), restore.status(), restore.reason()));
    Stream<String> drills =
        result.drills().failed().stream()
            .map(
                drill ->
                    "the drill of %s %s: %s"
                        .formatted(
                            drill.row().order().instance(),
                            drill.verdict().isPresent() ? "failed" : "did not end",
                            drill.reason()));
    Stream<String> left =
        result.drills().stillRestored().stream()
            .map(id -> "%s of a drill is there still".formatted(id));
    return Stream.of(runs, retention, restores, drills, left, result.risks().troubles().stream())
        .flatMap(Function.identity())
        .toList();
  }

  private static Report.Drill drill(DrillReport drill) {
    Map<String, Duration> stages = new LinkedHashMap<>();
    drill
        .stages()
        .forEach(
            (stage, seconds) -> stages.put(stage, Duration.ofMillis(Math.round(seconds * 1000))));
    return new Report.Drill(
        drill.row().order().instance().value(),
        drill.row().order().set().value(),
        drill.row().order().drill().level().name(),
        drill.verdict().map(Enum::name),
        drill.reason(),
        drill.warnings(),
        drill.row().startedAt(),
        stages,
        drill.cost());
  }

  private static Report.Restore restore(RestoreReport restore) {
    Map<String, Duration> stages = new LinkedHashMap<>();
    for (Stage stage : RestoreReport.TOLD) {
      restore.after(stage).ifPresent(after -> stages.put(stage.name(), after));
    }
    return new Report.Restore(
        restore.instance().value(),
        restore.set().value(),
        restore.request().to().word(),
        restore.status().name(),
        restore.reason(),
        restore.askedAt(),
        stages,
        restore.states(),
        restore.volumes().stream()
            .map(
                volume ->
                    new Report.RestoredVolume(
                        volume.volumeId(),
                        volume.snapshot().value(),
                        volume.state(),
                        volume.attachment().map(VolumeAttachment::instanceId),
                        volume.attachment().map(VolumeAttachment::device)))
            .toList());
  }

  private Report.Run run(Firing firing) {
    Report.Run read =
        RunReader.read(
            firing.run(),
            firing.scheduledAt(),
            firing.view(),
            rows.getOrDefault(firing.run(), List.of()),
            result.end());
    Map<String, InstanceReport> seen = told.getOrDefault(firing.scheduledAt(), Map.of());
    return new Report.Run(
        read.id(),
        read.scheduledAt(),
        read.backups().stream()
            .map(
                backup -> watched(backup, firing, Optional.ofNullable(seen.get(backup.instance()))))
            .toList());
  }

  private Backup watched(Backup backup, Firing firing, Optional<InstanceReport> seen) {
    Optional<Execution> execution =
        firing.backups().stream()
            .filter(candidate -> candidate.name().startsWith(backup.instance() + "-"))
            .findFirst();
    return backup.watched(
        seen.map(InstanceReport::status).orElse(Status.FAILED).name(),
        seen.map(InstanceReport::frozen).filter(frozen -> frozen.compareTo(Duration.ZERO) > 0),
        execution
            .map(watched -> WatchedSpans.of(watched, backup, firing, result))
            .orElse(backup.spans()),
        execution.map(RehearsalReport::entered).orElse(List.of()),
        seen.map(InstanceReport::callsWhileFrozen).orElse(List.of()));
  }

  private static List<Backup.Entered> entered(Execution execution) {
    return execution.states().stream()
        .filter(state -> state.depth() == 0)
        .map(state -> new Backup.Entered(state.name(), state.at()))
        .toList();
  }
}
