package dev.freezeframe.policy;

/** The two moments of a snapshot set at which a document's script can run. */
public enum Stage {
  PRE,
  POST
}
