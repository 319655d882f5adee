package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.faults.ManualActionListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people did by hand, as far as it bears on what the system may be blamed for. */
public final class ManualActions implements ManualActionListener {
  /** What is done by hand so shortly before a call cannot be known to its caller. */
  private static final Duration UNKNOWABLE = Duration.ofMinutes(15);

  /** A look at EC2 that is as old as may be, and what a freeze takes after it, at its slowest. */
  public static final Duration UNSEEN = Duration.ofMinutes(16);

  private final List<Instant> othersSnapshots = new ArrayList<>();
  private final Map<String, Instant> lastTouched = new HashMap<>();
  private final Map<String, Instant> detached = new HashMap<>();
  private final Map<String, List<Instant>> attached = new HashMap<>();

  @Override
  public void attached(String instance, Instant at) {
    attached.computeIfAbsent(instance, any -> new ArrayList<>()).add(at);
  }

  /** Whether somebody attached a volume to an instance after an instant, and until another. */
  public boolean attachedBetween(String instance, Instant from, Instant until) {
    return attached.getOrDefault(instance, List.of()).stream()
        .anyMatch(at -> !at.isBefore(from) && !at.isAfter(until));
  }

  /** One instance at most gets it back. */
  @Override
  public void detached(String volume, Instant at) {
    detached.putIfAbsent(volume, at);
  }

  /** Whether whatever had a volume from the start still had it at an instant. */
  public boolean stillAttached(String volume, Instant at) {
    return detached.getOrDefault(volume, Instant.MAX).isAfter(at);
  }

  @Override
  public void othersSnapshot(Instant at) {
    othersSnapshots.add(at);
  }

  /** Whether another tool took snapshots after the last instant at which that could be known. */
  public boolean othersWereFaster(Instant refusedAt) {
    return othersSnapshots.stream()
        .anyMatch(at -> !at.isAfter(refusedAt) && refusedAt.isBefore(at.plus(UNSEEN)));
  }

  @Override
  public void touched(String instance, Instant at) {
    lastTouched.put(instance, at);
  }

  boolean touchedShortlyBefore(String instance, Instant now) {
    Instant last = lastTouched.get(instance);
    return last != null && now.isBefore(last.plus(UNKNOWABLE));
  }
}
