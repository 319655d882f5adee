package dev.freezeframe.operator.restore;

import dev.freezeframe.common.English;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.restore.RestoreOrders.Ended;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Shows how far a restore is, stage by stage, until it has ended. Reads only. */
final class RestoreWatch {
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final RestoreLedger ledger;
  private final Clock clock;
  private final Sleeper pause;
  private final PrintWriter out;

  RestoreWatch(RestoreLedger ledger, Clock clock, Sleeper pause, PrintWriter out) {
    this.ledger = ledger;
    this.clock = clock;
    this.pause = pause;
    this.out = out;
  }

  /**
   * Waits until a restore has ended, or the execution that is watched has.
   *
   * @param since when that execution was started: an end before it is not its own
   * @return the restore as it is on record then; empty: it failed before it was
   */
  Optional<RestoreRow> toEnd(
      RestoreId id, Instant since, Supplier<Optional<Ended>> execution, ProgressLine progress) {
    Set<Stage> shown = EnumSet.noneOf(Stage.class);
    while (true) {
      Optional<Ended> over = execution.get();
      Optional<RestoreRow> row = ledger.restore(id);
      row.ifPresent(found -> show(found, shown));
      if (row.filter(found -> ended(found, since)).isPresent()) {
        return row;
      }
      if (over.isPresent()) {
        over.get()
            .words()
            .ifPresent(words -> out.println(Sentence.of("%s has failed: %s".formatted(id, words))));
        return row;
      }
      progress.show(() -> "%s: %s".formatted(id, row.map(this::now).orElse("it begins")));
      pause.pause(LOOK);
    }
  }

  private static boolean ended(RestoreRow row, Instant since) {
    return row.endedAt().filter(at -> !at.isBefore(since)).isPresent();
  }

  private String now(RestoreRow row) {
    Optional<Map.Entry<Stage, Instant>> last =
        row.reached().entrySet().stream().max(Map.Entry.comparingByValue());
    return "%s, %s"
        .formatted(
            last.map(stage -> words(stage.getKey())).orElse("volumes are created"),
            elapsed(row, clock.instant()));
  }

  private void show(RestoreRow row, Set<Stage> shown) {
    row.reached().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .filter(stage -> shown.add(stage.getKey()))
        .forEach(
            stage ->
                out.println(
                    "%s  %s, %s"
                        .formatted(
                            stage.getValue(),
                            words(stage.getKey()),
                            elapsed(row, stage.getValue()))));
    out.flush();
  }

  private static String elapsed(RestoreRow row, Instant at) {
    return English.count(
            (int) Math.max(0, Duration.between(row.startedAt(), at).toSeconds()),
            "second",
            "seconds")
        + " after it began";
  }

  static String words(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }
}
