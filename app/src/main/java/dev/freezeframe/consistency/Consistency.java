package dev.freezeframe.consistency;

/** What a snapshot set is worth. */
public enum Consistency {
  /** The guest provably stood still over the set's point in time. */
  APPLICATION,
  /** Taken without scripts: as after a power cut. */
  CRASH,
  /** Scripts ran, but nothing proves that they held. */
  UNKNOWN
}
