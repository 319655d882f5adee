package dev.freezeframe.task.restore;

import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.restore.RestoredVolume;
import dev.freezeframe.task.restore.message.RestoreInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A restore with which a function goes on. Each sees to it that its leases last; and none changes
 * anything of a restore that is being undone, of which it asks before each call.
 */
final class OpenRestore {
  /** Longer than any step waits between two looks, its retries included. */
  static final Duration LEASE = Duration.ofMinutes(30);

  private final RestoreLedger ledger;
  private final RestoreId id;
  private final RestorePlan plan;
  private final Clock clock;

  private OpenRestore(RestoreLedger ledger, RestoreId id, RestorePlan plan, Clock clock) {
    this.ledger = ledger;
    this.id = id;
    this.plan = plan;
    this.clock = clock;
  }

  /**
   * The restore of an execution.
   *
   * @throws RestoreFailedException if nobody may go on with it
   */
  static OpenRestore of(RestoreLedger ledger, RestoreInput order, Clock clock) {
    RestoreId id = order.id();
    Instant now = clock.instant();
    RestorePlan plan =
        ledger
            .restorePlan(id)
            .orElseThrow(() -> new RestoreFailedException("%s has no plan".formatted(id)));
    OpenRestore restore = new OpenRestore(ledger, id, plan, clock);
    restore.check();
    boolean lasts =
        order.redrives() == 0
            && ledger
                .leasedUntil(restore.row())
                .filter(until -> until.isAfter(now.plus(LEASE.dividedBy(2))))
                .isPresent();
    if (!lasts && !ledger.keepLeases(id, now, now.plus(LEASE))) {
      throw new RestoreFailedException(
          "the lease of %s has lapsed, and another restore holds the instance".formatted(id));
    }
    return restore;
  }

  /**
   * Sees that it may go on still: before each call that changes something.
   *
   * @throws RestoreFailedException if it may not
   */
  void check() {
    RestoreRow row =
        ledger
            .restore(id)
            .orElseThrow(() -> new RestoreFailedException("%s is not on record".formatted(id)));
    if (row.undoing() || row.notUndone()) {
      throw new RestoreFailedException("%s is being undone".formatted(id));
    }
    if (!row.open()) {
      throw new RestoreFailedException(
          "%s has ended as %s: %s".formatted(id, row.status(), row.reason()));
    }
  }

  RestoreId id() {
    return id;
  }

  RestorePlan plan() {
    return plan;
  }

  RestoreRow row() {
    return ledger.restore(id).orElseThrow();
  }

  List<RestoredVolume> volumes() {
    return ledger.restoredVolumes(id);
  }

  void reached(Stage stage) {
    ledger.recordStage(id, stage, clock.instant());
  }
}
