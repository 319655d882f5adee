package dev.freezeframe.restore.view;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.FreezeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says whether a backup of an instance is under way: it holds slots, has stopped the instance, or
 * has frozen its guest and no thaw is proved.
 */
record BackupsUnderWay(Ledger ledger) {
  /** A run that waited a day for slots and a day for its turn is among those that fell due. */
  private static final Duration LOOK_BACK = Duration.ofDays(2);

  /** What says so; empty: nothing does. */
  Optional<String> of(InstanceId instance, Instant now) {
    return slots(instance, now).or(() -> stop(instance)).or(() -> freeze(instance, now));
  }

  private Optional<String> slots(InstanceId instance, Instant now) {
    return ledger.slotHolds(instance).stream()
        .filter(hold -> hold.reservedUntil(now))
        .map(hold -> "%s holds slots for its set".formatted(name(hold.execution())))
        .findFirst();
  }

  private Optional<String> stop(InstanceId instance) {
    return ledger.openStops().stream()
        .filter(stop -> stop.instance().equals(instance))
        .map(stop -> "%s has stopped it for its set".formatted(name(stop.execution())))
        .findFirst();
  }

  /** Slots go back before the thaw is known, so that the freeze is looked at by itself. */
  private Optional<String> freeze(InstanceId instance, Instant now) {
    Set<PolicyName> policies =
        InstanceSets.groups(ledger, instance).stream()
            .map(GroupKey::policy)
            .collect(Collectors.toSet());
    if (policies.isEmpty()) {
      return Optional.empty();
    }
    return ledger.runs(now.minus(LOOK_BACK), now.plusMillis(1)).stream()
        .filter(run -> policies.contains(run.policy()))
        .filter(run -> ledger.outcome(run, instance).isEmpty())
        .flatMap(run -> ledger.freezes(run, instance).stream())
        .filter(FreezeRow::thawFollows)
        .filter(freeze -> !freeze.thawProved())
        .map(
            freeze -> "%s has frozen it, and no thaw is proved".formatted(name(freeze.execution())))
        .findFirst();
  }

  /** The name of an execution, of its ARN. */
  private static String name(String execution) {
    return execution.substring(execution.lastIndexOf(':') + 1);
  }
}
