package dev.freezeframe.rehearsal.faults;

import java.time.Instant;

/** Is told what people do by hand, as far as it changes what the system may be blamed for. */
public interface ManualActionListener {
  /** Nobody listens. */
  ManualActionListener NONE = new ManualActionListener() {};

  /** A volume was detached, from whatever it was attached to. */
  default void detached(String volume, Instant at) {}

  /** A volume was attached to an instance. */
  default void attached(String instance, Instant at) {}

  /** Another tool took snapshots. */
  default void othersSnapshot(Instant at) {}

  /** Someone did something to a snapshot of an instance. */
  default void touched(String instance, Instant at) {}
}
