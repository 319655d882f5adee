package dev.freezeframe.operator.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.stop.StopRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells a run from what the ledger knows of it. */
public final class RunReader {
  private final RunView view;
  private final Instant asOf;
  private final Map<InstanceId, OutcomeRow> outcomes;
  private final Map<InstanceId, List<FreezeRow>> freezes;
  private final Map<InstanceId, List<StopRow>> stops;
  private final Map<InstanceId, List<SnapshotRow>> rows;

  private RunReader(RunView view, List<SnapshotRow> rows, Instant asOf) {
    this.view = view;
    this.asOf = asOf;
    this.outcomes =
        view.outcomes().stream()
            .collect(Collectors.toMap(OutcomeRow::instance, Function.identity()));
    this.freezes = view.freezes().stream().collect(groupingBy(FreezeRow::instance));
    this.stops = view.stops().stream().collect(groupingBy(StopRow::instance));
    this.rows = rows.stream().collect(groupingBy(SnapshotRow::instance));
  }

  /**
   * A run and its backups, by instance.
   *
   * @param scheduledAt when it fired
   * @param rows the snapshots of the run
   * @param asOf when they were read
   */
  public static Report.Run read(
      RunId run, Instant scheduledAt, RunView view, List<SnapshotRow> rows, Instant asOf) {
    return new Report.Run(run.value(), scheduledAt, new RunReader(view, rows, asOf).backups());
  }

  /** What went wrong with the run itself. */
  public static List<String> troubles(Instant scheduledAt, RunView view) {
    return view.pages().stream().anyMatch(PageRow::last)
        ? List.of()
        : List.of("not all targets were selected in the run of " + scheduledAt);
  }

  private List<Backup> backups() {
    Map<InstanceId, Backup> backups = new TreeMap<>();
    for (PageRow page : view.pages()) {
      page.invalid().forEach(invalid -> backups.put(invalid.instance(), skipped(invalid)));
      page.selected().forEach(instance -> backups.put(instance, backup(instance)));
    }
    outcomes.keySet().forEach(instance -> backups.putIfAbsent(instance, backup(instance)));
    return new ArrayList<>(backups.values());
  }

  private static Backup skipped(PageRow.Invalid invalid) {
    return new Backup(
        invalid.instance().value(),
        OutcomeRow.Status.SKIPPED.name(),
        Optional.empty(),
        Optional.empty(),
        invalid.reason(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private Backup backup(InstanceId instance) {
    Optional<OutcomeRow> outcome = Optional.ofNullable(outcomes.get(instance));
    List<FreezeRow> attempts = freezes.getOrDefault(instance, List.of());
    List<SnapshotRow> members =
        rows.getOrDefault(instance, List.of()).stream()
            .sorted(comparing(SnapshotRow::snapshot))
            .toList();
    return new Backup(
        instance.value(),
        outcome.map(row -> row.status().name()).orElse("RUNNING"),
        outcome.flatMap(OutcomeRow::consistency).map(Enum::name),
        outcome.flatMap(OutcomeRow::proof).map(Enum::name),
        outcome.map(OutcomeRow::reason).orElse("no outcome is on record"),
        outcome
            .map(OutcomeRow::execution)
            .or(() -> attempts.stream().map(FreezeRow::execution).findFirst())
            .or(
                () ->
                    stops.getOrDefault(instance, List.of()).stream()
                        .map(StopRow::execution)
                        .findFirst()),
        outcome.flatMap(OutcomeRow::preScript),
        outcome.flatMap(OutcomeRow::postScript),
        outcome.map(OutcomeRow::attempts).orElse(attempts.size()),
        outcome.flatMap(OutcomeRow::frozen),
        LedgerSpans.of(outcome, attempts, stops.getOrDefault(instance, List.of()), members, asOf),
        attempts.stream().map(RunReader::attempt).toList(),
        members.stream().map(RunReader::member).toList(),
        List.of(),
        List.of());
  }

  private static Backup.Attempt attempt(FreezeRow row) {
    return new Backup.Attempt(
        row.number(),
        row.document().name() + ", version " + row.document().version(),
        row.orderedAt(),
        row.thaws().stream()
            .map(thaw -> new Backup.Thaw(thaw.sentAt(), thaw.by(), thaw.answer(), thaw.proved()))
            .toList());
  }

  private static Backup.Member member(SnapshotRow row) {
    return new Backup.Member(
        row.snapshot().value(),
        row.volume().value(),
        row.state().name().toLowerCase(Locale.ROOT),
        row.pointInTime(),
        row.settledAt(),
        row.expiresAt(),
        row.cause(),
        row.verdict().map(own -> Verdict.words(own.consistency(), own.proof())));
  }
}
