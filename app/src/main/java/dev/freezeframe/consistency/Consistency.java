package dev.freezeframe.consistency;

/** The consistency of a snapshot or a set, the best first. */
public enum Consistency {
  /** The volume was held still over the set's point in time; {@link Proof} says who says so. */
  APPLICATION,
  /** Taken with nothing to hold it: as after a power cut. */
  CRASH,
  /** Scripts ran, but nothing proves that they held. */
  UNKNOWN
}
