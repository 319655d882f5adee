package dev.freezeframe.operator.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toCollection;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.RunRow;
import dev.freezeframe.ledger.RunView;
import dev.freezeframe.ledger.SnapshotLife;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.retention.KeptSet;
import dev.freezeframe.snapshot.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a report from the ledger of a deployment. It asks by key only, and writes nothing. */
final class LedgerReader {
  private static final String NOT_KNOWN_HERE =
      "The ledger does not hold which states an execution entered, nor the calls that were made: the"
          + " Step Functions console and CloudTrail do. How long a guest was frozen is what its scripts"
          + " said; \"between the scripts\" is from the order of the pre-script to the sending of the"
          + " post-script that proved the thaw.";

  private static final String FOUND_BY_SETS =
      "Runs are found by the sets that are there: one that took no snapshot, or whose sets have all"
          + " been deleted, is not among these. Ask for it with --run.";

  private final Ledger ledger;
  private final String table;
  private final Instant now;

  LedgerReader(Ledger ledger, String table, Instant now) {
    this.ledger = ledger;
    this.table = table;
    this.now = now;
  }

  /** What the ledger holds of one run. */
  private record Known(RunRow row, RunView view, List<SnapshotRow> snapshots) {}

  /** One run; empty if no execution has claimed it. */
  Optional<Report> run(RunId run) {
    return known(run)
        .map(known -> report("Run " + run, List.of(NOT_KNOWN_HERE), List.of(known), List.of()));
  }

  /** The runs whose sets were taken in the last days, and those sets; empty if there are none. */
  Optional<Report> days(int days) {
    Instant from = now.minus(Duration.ofDays(days));
    List<KeptSet> kept =
        KeptSet.all(ledger, now).stream().filter(set -> !set.pointInTime().isBefore(from)).toList();
    List<SnapshotId> ids = kept.stream().flatMap(set -> set.snapshots().stream()).toList();
    Set<RunId> runs =
        ledger.lives(ids).stream()
            .map(life -> life.row().run())
            .collect(toCollection(TreeSet::new));
    List<Known> known =
        runs.stream()
            .flatMap(run -> known(run).stream())
            .sorted(comparing(read -> read.row().scheduledAt()))
            .toList();
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(
            report(
                "The last %d days".formatted(days),
                List.of(NOT_KNOWN_HERE, FOUND_BY_SETS),
                known,
                SetLives.of(kept, gone(known))));
  }

  private Optional<Known> known(RunId run) {
    RunView view = ledger.run(run);
    return view.run().map(row -> new Known(row, view, ledger.snapshotsOf(run)));
  }

  private List<SnapshotLife> gone(List<Known> runs) {
    List<SnapshotId> ids =
        runs.stream().flatMap(run -> run.snapshots().stream()).map(SnapshotRow::snapshot).toList();
    return ledger.lives(ids).stream().filter(life -> !life.living()).toList();
  }

  private Report report(
      String title, List<String> notes, List<Known> runs, List<Report.SetLife> sets) {
    return new Report(
        title,
        "Ledger table " + table,
        now,
        notes,
        runs.stream()
            .map(
                run ->
                    RunReader.read(
                        run.row().run(), run.row().scheduledAt(), run.view(), run.snapshots(), now))
            .toList(),
        sets,
        List.of(),
        List.of(),
        FreezeDoubts.of(runs.stream().flatMap(run -> run.view().freezes().stream()).toList()),
        runs.stream()
            .flatMap(run -> RunReader.troubles(run.row().scheduledAt(), run.view()).stream())
            .toList());
  }
}
