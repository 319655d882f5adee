package dev.freezeframe.consistency;

import java.time.Instant;
import java.util.Optional;

/**
 * A pre-script that succeeded: from here on the guest is frozen, if its document freezes.
 *
 * @param knownAt when its success was known, by AWS's clock
 * @param startedAt by the guest's clock
 * @param frozenAt by the guest's clock: the document's stamp, else the end of the script
 */
public record PreScriptRun(
    AttemptId attempt, Instant knownAt, Optional<Instant> startedAt, Optional<Instant> frozenAt) {

  public static PreScriptRun of(AttemptId attempt, ScriptRun run) {
    return new PreScriptRun(
        attempt,
        run.knownAt(),
        run.startedAt(),
        Stamps.of(run.outputTail()).at("frozen").or(run::endedAt));
  }
}
