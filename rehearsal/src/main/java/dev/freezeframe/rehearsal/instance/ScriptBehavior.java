package dev.freezeframe.rehearsal.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happens to one script. */
public sealed interface ScriptBehavior {

  /** It runs as it should. */
  ScriptBehavior GOOD = new Good();

  /** It runs as it should. */
  record Good() implements ScriptBehavior {}

  /**
   * It exits with a code before it does anything. A post-script that exits 203 found that the
   * guest's timer had just thawed it.
   */
  record Exits(int code) implements ScriptBehavior {}

  /** It does what it should, and runs on past any time-out. */
  record TimesOut() implements ScriptBehavior {}

  /** It does what it should, and takes that much longer. */
  record Slow(Duration by) implements ScriptBehavior {}

  /**
   * It never answers: a pre-script has frozen the guest, a post-script has not thawed it, and while
   * the guest is frozen nothing else reaches it.
   */
  record Hangs() implements ScriptBehavior {}

  /**
   * It does not reach the guest.
   *
   * @param until when it could; empty: never
   */
  record Undelivered(Optional<Instant> until) implements ScriptBehavior {}
}
