package dev.freezeframe.rehearsal.simulation.invariant.guest;

import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.simulation.FinalState;
import dev.freezeframe.rehearsal.simulation.invariant.Invariant;
import dev.freezeframe.rehearsal.ssm.Guest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * No guest is frozen longer than the timer of its document lets it be. A document without a timer
 * invariants no such thing; those of this project arm one of 60 s before they freeze, and of 120 s
 * before they unmount.
 */
public final class FreezesEnd implements Invariant {
  static final Duration TIMER = Duration.ofSeconds(60);
  private static final Duration TIMER_OF_UNMOUNTS = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "no guest is frozen beyond its timer";
  }

  @Override
  public List<String> broken(FinalState finalState) {
    List<String> broken = new ArrayList<>();
    if (!finalState.timed()) {
      return broken;
    }
    Instant now = finalState.cloud().time().instant();
    for (Guest guest : finalState.cloud().ssm().guests().values()) {
      for (Freeze freeze : guest.freezes()) {
        Duration timer = freeze.unmounted() ? TIMER_OF_UNMOUNTS : TIMER;
        if (freeze.lasted(now).compareTo(timer) > 0) {
          broken.add(
              "expected %s to be frozen for %s at most, found %s from %s on"
                  .formatted(guest.instanceId(), timer, freeze.lasted(now), freeze.from()));
        }
      }
    }
    return broken;
  }
}
