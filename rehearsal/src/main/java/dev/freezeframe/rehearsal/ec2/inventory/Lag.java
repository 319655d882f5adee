package dev.freezeframe.rehearsal.ec2.inventory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Describe calls show of things, which lags behind what a call has just made or changed: EC2
 * developer guide, "Eventual consistency". How long is undocumented.
 */
final class Lag<T> {
  private final InstantSource time;
  private final Map<String, Shown<T>> shown = new HashMap<>();

  Lag(InstantSource time) {
    this.time = time;
  }

  /** A thing is new, and unknown to every call but the one that made it. */
  void made(String id, Duration hiddenFor) {
    shown.put(id, new Shown<>(Optional.empty(), time.instant().plus(hiddenFor)));
  }

  /** A thing is changed, and shown as it was before. */
  void changed(String id, T before, Duration shownFor) {
    if (!isHidden(id)) {
      shown.put(id, new Shown<>(Optional.of(before), time.instant().plus(shownFor)));
    }
  }

  void forget(String id) {
    shown.remove(id);
  }

  boolean isHidden(String id) {
    Shown<T> old = current(id);
    return old != null && old.thing.isEmpty();
  }

  /** A thing as it is shown; empty: it is not known yet. */
  Optional<T> shown(String id, T now) {
    Shown<T> old = current(id);
    return old == null ? Optional.of(now) : old.thing;
  }

  private Shown<T> current(String id) {
    Shown<T> old = shown.isEmpty() ? null : shown.get(id);
    if (old != null && !time.instant().isBefore(old.until)) {
      shown.remove(id);
      return null;
    }
    return old;
  }

  private record Shown<T>(Optional<T> thing, Instant until) {}
}
