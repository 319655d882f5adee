package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.rehearsal.ssm.Freeze;
import dev.freezeframe.rehearsal.ssm.Guest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * No guest is frozen longer than the timer of its document lets it be. A document without a timer
 * promises no such thing; those of this project arm one of 60 s before they freeze.
 */
final class FreezesEnd implements Invariant {
  static final Duration TIMER = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "no guest is frozen beyond its timer";
  }

  @Override
  public List<String> broken(Aftermath aftermath) {
    List<String> broken = new ArrayList<>();
    if (!aftermath.timed()) {
      return broken;
    }
    Instant now = aftermath.cloud().time().instant();
    for (Guest guest : aftermath.cloud().ssm().guests().values()) {
      for (Freeze freeze : guest.freezes()) {
        if (freeze.lasted(now).compareTo(TIMER) > 0) {
          broken.add(
              "expected %s to be frozen for %s at most, found %s from %s on"
                  .formatted(guest.instanceId(), TIMER, freeze.lasted(now), freeze.from()));
        }
      }
    }
    return broken;
  }
}
