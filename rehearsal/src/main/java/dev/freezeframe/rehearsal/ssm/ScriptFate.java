package dev.freezeframe.rehearsal.ssm;

import java.time.Instant;
import java.util.Optional;

/** What becomes of one script. */
public sealed interface ScriptFate {

  /** It runs as it should. */
  ScriptFate GOOD = new Good();

  /** It runs as it should. */
  record Good() implements ScriptFate {}

  /**
   * It exits with a code before it does anything. A post-script that exits 203 found that the
   * guest's timer had just thawed it.
   */
  record Exits(int code) implements ScriptFate {}

  /** It does what it should, and runs on past any time-out. */
  record TimesOut() implements ScriptFate {}

  /**
   * It never answers: a pre-script has frozen the guest, a post-script has not thawed it, and while
   * the guest is frozen nothing else reaches it.
   */
  record Hangs() implements ScriptFate {}

  /**
   * It does not reach the guest.
   *
   * @param until when it could; empty: never
   */
  record Undelivered(Optional<Instant> until) implements ScriptFate {}
}
