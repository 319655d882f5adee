package dev.freezeframe.common;

/** What holds a lease on a set, so that retention keeps it as long: a restore or a drill. */
public interface SetHolder {
  /** The id, as it is written. */
  String value();

  /** What it does with the set, such as {@code being restored by restore-...}. */
  String words();
}
