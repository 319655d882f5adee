package dev.freezeframe.consistency.script;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs scripts on guests. */
public interface ScriptRunner {

  /**
   * Sends a script and waits for its end, within the bounds of delivery and execution.
   *
   * @throws DocumentRefusedException if the pinned document can't be sent; nothing was sent
   * @throws GuestGoneException if there is no such managed instance; nothing was sent
   * @throws CommandThrottledException if no command is taken at the moment; nothing was sent
   * @throws CommandRefusedException if it is not taken for another reason; nothing was sent
   */
  ScriptRun run(ScriptOrder order);

  /**
   * How an earlier sending of the same script for the same attempt stands.
   *
   * @param since when the attempt began
   * @return the earliest that ran to an end of its own; else the newest; empty: none was sent
   */
  Optional<ScriptRun> earlier(ScriptOrder order, Instant since);

  /**
   * How the same script for the same attempt ended that somebody else has sent since an instant: a
   * person who sends it by hand gives the same document and parameters.
   *
   * @return the newest first
   */
  List<ScriptRun> byHand(ScriptOrder order, Instant since);
}
