package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillLedger;
import dev.freezeframe.drill.DrillOverException;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTrouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A drill with which a function goes on. Each sees to it that its lease lasts; and none launches or
 * sends anything for a drill that is being taken away, of which it asks before each call.
 */
final class OpenDrill {
  /** Longer than any step waits between two looks, its retries included. */
  static final Duration LEASE = Duration.ofMinutes(30);

  private final DrillLedger ledger;
  private final DrillId id;
  private final Clock clock;

  private OpenDrill(DrillLedger ledger, DrillId id, Clock clock) {
    this.ledger = ledger;
    this.id = id;
    this.clock = clock;
  }

  /**
   * The drill of an execution.
   *
   * @throws DrillOverException if nobody may go on with it
   */
  static OpenDrill of(DrillLedger ledger, DrillInput input, Clock clock) {
    OpenDrill drill = new OpenDrill(ledger, input.id(), clock);
    DrillRow row = drill.check();
    Instant now = clock.instant();
    boolean lasts =
        ledger
            .drillLeasedUntil(row)
            .filter(until -> until.isAfter(now.plus(LEASE.dividedBy(2))))
            .isPresent();
    if (!lasts) {
      ledger.keepDrillLease(input.id(), now.plus(LEASE));
    }
    return drill;
  }

  /**
   * Sees that it may go on still: before each call that changes something.
   *
   * @return as it is on record now
   * @throws DrillOverException if it may not
   */
  DrillRow check() {
    DrillRow row = row();
    if (!row.open()) {
      throw new DrillOverException("%s has ended".formatted(id));
    }
    if (row.ending()) {
      throw new DrillOverException("%s is being taken away".formatted(id));
    }
    return row;
  }

  DrillRow row() {
    return ledger
        .drill(id)
        .orElseThrow(() -> new DrillOverException("%s is not on record".formatted(id)));
  }

  void reached(DrillStage stage) {
    ledger.recordStage(id, stage, clock.instant());
  }

  void trouble(boolean ofSet, String words) {
    ledger.recordTrouble(id, new DrillTrouble(ofSet, words));
  }
}
