package dev.freezeframe.task.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.RestoreConflictException;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.undo.UndoProgress;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.UndoAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a restore is to be undone by who asks, and marks that it is. */
final class RestoreUndoing {
  /** Every function that was at work when the undo began has ended by then. */
  static final Duration LATE = Duration.ofMinutes(2);

  /**
   * EC2 shows by then what the last call of the restore has changed. A volume that is attached, and
   * not shown as that, would be left so, or its device be taken for free.
   */
  private static final Duration SHOWN = Duration.ofSeconds(15);

  private static final Duration MOST = Duration.ofHours(30);
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);
  private static final int SLOWER = 20;

  /**
   * Between why a restore failed and what its undo meets, in the reason of one that is not undone.
   */
  private static final String NOT_UNDONE = "; it is not undone yet, and is tried again: ";

  /** A clock of Step Functions and one of a function are not further apart. */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final Clock clock;

  RestoreUndoing(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * What is to be undone.
   *
   * @param row as it is on record since the undo began; empty: nothing is to be undone
   * @param completed whether it has ended well just now
   * @param words why not
   */
  record Begun(Optional<RestoreRow> row, boolean completed, String words) {

    private static Begun nothing(String words) {
      return new Begun(Optional.empty(), false, words);
    }
  }

  /**
   * Begins, or goes on.
   *
   * @throws RestoreConflictException if another restore or a backup holds the instance meanwhile
   */
  Begun begin(RestoreInput order) {
    Optional<RestoreRow> found = ledger.restore(order.id());
    if (found.isEmpty()) {
      return Begun.nothing("%s is not on record, so it has created nothing".formatted(order.id()));
    }
    RestoreRow row = found.get();
    if (!order.concerns(row)) {
      return Begun.nothing("%s is of another execution".formatted(row.id()));
    }
    boolean ofItself = order.work().request().isPresent();
    boolean abandoned = order.work().abandonedAt().isPresent();
    if (row.status() == Status.REFUSED || row.status() == Status.UNDONE) {
      return Begun.nothing("%s is %s".formatted(row.id(), row.status()));
    }
    if (!row.open() && (ofItself || abandoned)) {
      return Begun.nothing("%s has ended as %s".formatted(row.id(), row.status()));
    }
    if (abandoned && goesOn(row, Instant.ofEpochMilli(order.work().abandonedAt().get()))) {
      return Begun.nothing("%s has been redriven".formatted(row.id()));
    }
    Instant now = clock.instant();
    if (abandoned && completed(ledger, row, now)) {
      return new Begun(Optional.empty(), true, "all of it was done");
    }
    return new Begun(
        ledger.beginUndo(row.id(), now, now.plus(OpenRestore.LEASE)), false, "it is undone");
  }

  /**
   * Records the success of a restore that broke off when all was done but the record of it. To undo
   * it would stop an instance that runs as it should.
   */
  static boolean completed(Ledger ledger, RestoreRow row, Instant now) {
    boolean complete =
        !row.undoing()
            && row.image().isEmpty()
            && ledger.restorePlan(row.id()).filter(plan -> isComplete(row, plan)).isPresent();
    if (complete) {
      ledger.recordRestoreEnded(
          row.id(), Status.SUCCEEDED, "its execution broke off when all was done", now);
    }
    return complete;
  }

  private static boolean isComplete(RestoreRow row, RestorePlan plan) {
    return switch (row.request().to()) {
      case VOLUMES -> row.at(Stage.AVAILABLE).isPresent();
      case INSTANCE, NEW -> row.at(Stage.ATTACHED).isPresent();
      case IN_PLACE ->
          row.at(Stage.ATTACHED).isPresent()
              && (!plan.running() || row.at(Stage.RUNNING).isPresent());
      case ROOT -> row.at(Stage.RUNNING).isPresent();
    };
  }

  /** Whether its lease was extended after its execution had ended. */
  private boolean goesOn(RestoreRow row, Instant ended) {
    return !row.undoing()
        && ledger
            .leasedUntil(row)
            .filter(until -> until.minus(OpenRestore.LEASE).isAfter(ended.plus(CLOCKS)))
            .isPresent();
  }

  /**
   * For how long a function may still be at work that goes on with it, or EC2 not show what one has
   * done; zero: what is looked at counts.
   */
  static Duration late(RestoreRow row, boolean alone, Instant now) {
    Instant from = row.at(Stage.UNDOING).orElse(now).plus(alone ? SHOWN : LATE);
    return now.isBefore(from) ? Duration.between(now, from) : Duration.ZERO;
  }

  /**
   * How far an undo is: the longer it takes, the less often it looks.
   *
   * @throws RestoreFailedException if it has taken so long that somebody is to be told
   */
  static UndoAnswer answer(RestoreRow row, UndoProgress progress, Instant now) {
    Duration age = Duration.between(row.at(Stage.UNDOING).orElse(now), now);
    if (!progress.done() && !row.notUndone() && age.compareTo(MOST) > 0) {
      throw new RestoreFailedException(
          "it is not undone after %d hours: %s".formatted(age.toHours(), progress.words()));
    }
    Duration slower = age.dividedBy(SLOWER);
    Duration wait = slower.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : slower;
    return UndoAnswer.of(progress, wait);
  }

  /** The reason of a restore whose undo could not be finished so far. */
  static String notUndone(String why, String meets) {
    return why + NOT_UNDONE + meets;
  }

  /** Why a restore failed that nobody of its own undoes. */
  static String why(RestoreRow row) {
    int end = row.reason().indexOf(NOT_UNDONE);
    return row.notUndone() && end >= 0 ? row.reason().substring(0, end) : "its execution broke off";
  }

  /** The reason of a restore whose undo nobody tries again. */
  static String endedByHand(RestoreRow row) {
    return row.reason().replace(NOT_UNDONE, "; it is not undone: ")
        + "; somebody has ended its undo";
  }

  /** The plan of a restore that is on record. */
  static RestorePlan plan(Ledger ledger, RestoreRow row) {
    return ledger
        .restorePlan(row.id())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s: expected its plan on record, found none".formatted(row.id())));
  }
}
