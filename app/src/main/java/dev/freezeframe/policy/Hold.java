package dev.freezeframe.policy;

/** A way to hold an instance still without scripts. */
public enum Hold {
  /** It is stopped, and started again. */
  STOP
}
