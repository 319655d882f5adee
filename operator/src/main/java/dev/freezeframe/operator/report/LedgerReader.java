package dev.freezeframe.operator.report;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.operator.doctor.aws.fleet.RestoreCheck;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.operator.evidence.EvidenceReader;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.retention.RetainedSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads a report from the ledger of a deployment. It asks by key only, and writes nothing. */
public final class LedgerReader {
  private static final String NOT_KNOWN_HERE =
      "The ledger does not hold which states an execution entered, how runs of retention ended, nor"
          + " the calls that were made: the Step Functions console and CloudTrail do. How long a guest was frozen is what its scripts"
          + " said; \"between the scripts\" is from the order of the pre-script to the sending of the"
          + " post-script that proved the thaw.";

  private final Ledger ledger;
  private final String table;
  private final Instant now;
  private final Consumer<Supplier<String>> progress;
  private final RestoreCheck restores;

  /**
   * A reader.
   *
   * @param table as the page is to call it
   * @param now when it is read
   */
  public LedgerReader(Ledger ledger, String table, Instant now) {
    this(ledger, table, now, words -> {});
  }

  /**
   * A reader that says how far it is.
   *
   * @param table as the page is to call it
   * @param now when it is read
   * @param progress is told often, and asks for the words if it is time to say them
   */
  public LedgerReader(
      Ledger ledger, String table, Instant now, Consumer<Supplier<String>> progress) {
    this(ledger, table, now, progress, RestoreCheck.NONE);
  }

  /**
   * A reader that finds out as well what would break a restore of the living sets.
   *
   * @param table as the page is to call it
   * @param now when it is read
   * @param progress is told often, and asks for the words if it is time to say them
   */
  public LedgerReader(
      Ledger ledger,
      String table,
      Instant now,
      Consumer<Supplier<String>> progress,
      RestoreCheck restores) {
    this.ledger = ledger;
    this.table = table;
    this.now = now;
    this.progress = progress;
    this.restores = restores;
  }

  /** What the ledger holds of one run. */
  private record Known(RunRow row, RunView view, List<SnapshotRow> snapshots) {}

  /** One run; empty if no execution has claimed it. */
  public Optional<Report> run(RunId run) {
    return known(run)
        .map(
            known ->
                report(
                    "Run " + run,
                    List.of(known),
                    List.of(),
                    risks(living(known.snapshots())),
                    List.of()));
  }

  /** The runs that fell due in the last days, and the sets of that time; empty: neither. */
  public Optional<Report> days(int days) {
    Instant from = now.minus(Duration.ofDays(days));
    List<Known> runs = known(ledger.runs(from, now));
    List<RetainedSet> kept =
        RetainedSet.all(
                ledger,
                now,
                groups ->
                    progress.accept(() -> "instances whose sets are read: %,d".formatted(groups)))
            .stream()
            .filter(set -> !set.pointInTime().isBefore(from))
            .toList();
    return runs.isEmpty() && kept.isEmpty()
        ? Optional.empty()
        : Optional.of(
            report(
                days == 1 ? "The last day" : "The last %d days".formatted(days),
                runs,
                SetLives.of(kept, gone(runs)),
                risks(kept.stream().map(RetainedSet::set).toList()),
                new EvidenceReader(ledger, table, now, progress).inShort()));
  }

  private List<Known> known(List<RunId> ids) {
    List<Known> runs = new ArrayList<>();
    int backups = 0;
    for (int number = 0; number < ids.size(); number++) {
      String told = "run %,d of %,d, %,d backups read".formatted(number + 1, ids.size(), backups);
      progress.accept(() -> told);
      Optional<Known> run = known(ids.get(number));
      run.ifPresent(runs::add);
      backups += run.map(found -> found.view().outcomes().size()).orElse(0);
    }
    return runs;
  }

  private Optional<Known> known(RunId run) {
    RunView view = ledger.run(run);
    return view.run().map(row -> new Known(row, view, ledger.snapshotsOf(run)));
  }

  private List<SnapshotHistory> gone(List<Known> runs) {
    List<SnapshotId> ids =
        runs.stream().flatMap(run -> run.snapshots().stream()).map(SnapshotRow::snapshot).toList();
    return ledger.lives(ids).stream().filter(life -> !life.living()).toList();
  }

  /** Those that should run again by now, and of which nobody has seen that they do. */
  private List<String> stillStopped(List<Known> runs) {
    return runs.stream()
        .flatMap(run -> run.view().stops().stream())
        .filter(stop -> stop.open() && stop.startBy().isBefore(now))
        .map(stop -> stop.instance().value())
        .distinct()
        .sorted()
        .toList();
  }

  private List<AttemptId> living(List<SnapshotRow> snapshots) {
    return ledger.lives(snapshots.stream().map(SnapshotRow::snapshot).toList()).stream()
        .filter(SnapshotHistory::living)
        .map(life -> life.row().set())
        .distinct()
        .toList();
  }

  private RestoreRisks risks(List<AttemptId> living) {
    List<RestoreFacts> facts = ledger.facts(living);
    if (!facts.isEmpty()) {
      progress.accept(
          () ->
              "sets whose keys, images and instance types are asked for: %,d"
                  .formatted(facts.size()));
    }
    return restores.of(facts);
  }

  private Report report(
      String title,
      List<Known> runs,
      List<Report.SetLife> sets,
      RestoreRisks risks,
      List<String> proofs) {
    return new Report(
        title,
        "Ledger table " + table,
        now,
        ZoneOffset.UTC,
        Stream.of(List.of(NOT_KNOWN_HERE), risks.notes(), proofs).flatMap(List::stream).toList(),
        runs.stream()
            .map(
                run ->
                    RunReader.read(
                        run.row().run(), run.row().scheduledAt(), run.view(), run.snapshots(), now))
            .toList(),
        sets,
        List.of(),
        new Report.StillHeld(List.of(), List.of(), stillStopped(runs)),
        PossiblyFrozen.of(runs.stream().map(Known::view).toList()),
        Stream.concat(
                runs.stream()
                    .flatMap(
                        run -> RunReader.troubles(run.row().scheduledAt(), run.view()).stream()),
                risks.troubles().stream())
            .toList(),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of());
  }
}
