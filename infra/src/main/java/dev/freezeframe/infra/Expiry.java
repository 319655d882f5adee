package dev.freezeframe.infra;

import java.util.Locale;

/** What the daily run of {@code expire-snapshots} does with what is due. */
public enum Expiry {
  /** It is deleted, after a look at what has changed by hand. */
  APPLY,
  /** It is planned, with reasons, and nothing is deleted or changed. */
  PREVIEW,
  /** Nothing: the schedule is disabled. */
  OFF;

  /** As the setting has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
