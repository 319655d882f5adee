package dev.freezeframe.rehearsal.run;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.ssm.Guest;
import dev.freezeframe.rehearsal.states.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The result of one instance in one firing, as {@code run.json} tells it.
 *
 * @param executionId the UUID that the scripts of the last attempt got; empty: none was made
 * @param proof what an {@code APPLICATION} rests on; empty: it is less
 * @param frozen how long the guest truly stood still for this backup
 * @param down how long the instance did not run because this backup had stopped it
 */
public record InstanceReport(
    Instant scheduledAt,
    InstanceId instance,
    Optional<AttemptId> executionId,
    Status status,
    Optional<String> consistency,
    Optional<Proof> proof,
    String reason,
    Optional<String> preScript,
    Optional<String> postScript,
    int attempts,
    Duration frozen,
    Duration down,
    List<SnapshotRow> snapshots,
    List<String> states,
    List<String> callsWhileFrozen) {

  boolean failed() {
    return status == Status.FAILED;
  }

  static List<InstanceReport> of(Firing firing, Result result, ReportIndex index) {
    Map<String, Execution> backups = new HashMap<>();
    firing.backups().forEach(backup -> backups.putIfAbsent(instanceOf(backup), backup));
    Map<InstanceId, OutcomeRow> outcomes = new HashMap<>();
    firing.view().outcomes().forEach(row -> outcomes.put(row.instance(), row));
    List<InstanceReport> reports = new ArrayList<>();
    for (PageRow page : firing.view().pages()) {
      page.invalid().forEach(invalid -> reports.add(skipped(firing, invalid)));
      for (InstanceId instance : page.selected()) {
        reports.add(
            backedUp(
                firing,
                instance,
                Optional.ofNullable(backups.get(instance.value())),
                Optional.ofNullable(outcomes.get(instance)),
                result,
                index));
      }
    }
    reports.sort(Comparator.comparing(InstanceReport::instance));
    return reports;
  }

  private static InstanceReport skipped(Firing firing, PageRow.Invalid invalid) {
    return new InstanceReport(
        firing.scheduledAt(),
        invalid.instance(),
        Optional.empty(),
        Status.SKIPPED,
        Optional.empty(),
        Optional.empty(),
        invalid.reason(),
        Optional.empty(),
        Optional.empty(),
        0,
        Duration.ZERO,
        Duration.ZERO,
        List.of(),
        List.of(),
        List.of());
  }

  /** An execution is named for its instance, and then for its run. */
  static String instanceOf(Execution backup) {
    int end = backup.name().indexOf('-', "i-".length());
    return end < 0 ? backup.name() : backup.name().substring(0, end);
  }

  private static InstanceReport backedUp(
      Firing firing,
      InstanceId instance,
      Optional<Execution> execution,
      Optional<OutcomeRow> outcome,
      Result result,
      ReportIndex index) {
    List<SnapshotRow> snapshots =
        index.rows(firing.run(), instance).stream()
            .sorted(Comparator.comparing(SnapshotRow::snapshot))
            .toList();
    return new InstanceReport(
        firing.scheduledAt(),
        instance,
        outcome.flatMap(OutcomeRow::attempt),
        outcome.map(OutcomeRow::status).orElse(Status.FAILED),
        outcome.flatMap(OutcomeRow::consistency).map(Enum::name),
        outcome.flatMap(OutcomeRow::proof),
        outcome.map(OutcomeRow::reason).orElse("no outcome is on record"),
        outcome.flatMap(OutcomeRow::preScript),
        outcome.flatMap(OutcomeRow::postScript),
        outcome.map(OutcomeRow::attempts).orElse(0),
        execution.map(backup -> frozen(backup, result, instance)).orElse(Duration.ZERO),
        execution.map(backup -> result.down(instance.value(), backup.arn())).orElse(Duration.ZERO),
        snapshots,
        execution.map(Execution::stateNames).orElse(List.of()),
        execution
            .map(backup -> FreezeWindows.callsWhileFrozen(index.calls(backup.arn()), backup.arn()))
            .orElse(List.of()));
  }

  /** More attempts than any execution makes. */
  private static final int ATTEMPTS = 32;

  private static Duration frozen(Execution backup, Result result, InstanceId instance) {
    Guest guest = result.guests().get(instance.value());
    Set<String> own =
        IntStream.rangeClosed(1, ATTEMPTS)
            .mapToObj(number -> AttemptId.of(backup.arn(), number).value())
            .collect(Collectors.toSet());
    return guest.freezes().stream()
        .filter(freeze -> own.contains(freeze.by()))
        .map((Freeze freeze) -> freeze.lasted(result.end()))
        .reduce(Duration.ZERO, Duration::plus);
  }
}
