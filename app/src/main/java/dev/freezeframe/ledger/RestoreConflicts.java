package dev.freezeframe.ledger;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.RestoreConflictException;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotLedger;
import dev.freezeframe.stop.StopLedger;
import java.time.Instant;
import java.util.Optional;

/** Says who stands in the way of a restore. */
public final class RestoreConflicts {
  private RestoreConflicts() {}

  /** Another restore holds the instance. */
  public static RestoreConflictException restored(InstanceId instance, RestoreId other) {
    return new RestoreConflictException("%s is being restored by %s".formatted(instance, other));
  }

  /** Says which backup of an instance is under way; empty: none is. */
  public static Optional<String> backup(
      SlotLedger slots, StopLedger stops, InstanceId instance, Instant now) {
    return slots.slotHolds(instance).stream()
        .filter(hold -> hold.reservedUntil(now))
        .map(SlotHold::execution)
        .findFirst()
        .map("a backup of %s is under way: %%s".formatted(instance)::formatted)
        .or(
            () ->
                stops.openStops().stream()
                    .filter(stop -> stop.instance().equals(instance))
                    .findFirst()
                    .map(
                        stop ->
                            "%s is stopped for its backup by %s"
                                .formatted(instance, stop.execution())));
  }
}
