package dev.freezeframe.policy;

/** A way to hold an instance still that is none of scripts. */
public enum Hold {
  /** It is stopped, and started again. */
  STOP
}
