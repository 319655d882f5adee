package dev.freezeframe.consistency.script;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.marker.HeldVolumes;
import dev.freezeframe.consistency.marker.ScriptMarkers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A pre-script that succeeded: from here on the guest is frozen, if its document freezes.
 *
 * @param knownAt when its success was known, by AWS's clock
 * @param startedAt by the guest's clock
 * @param frozenAt by the guest's clock: the document's stamp, else the end of the script
 * @param frozeNothing whether its stamps tell of no freeze, as those of {@code sync} and {@code
 *     patch} do; a document without stamps is believed to freeze
 * @param doubt why its success does not say that its script ran, as {@link ScriptRun#doubt} has it
 * @param held what its stamps say of the volumes; empty: nothing
 */
public record PreScriptRun(
    AttemptId attempt,
    Instant knownAt,
    Optional<Instant> startedAt,
    Optional<Instant> frozenAt,
    boolean frozeNothing,
    Optional<String> doubt,
    Optional<HeldVolumes> held) {

  public static PreScriptRun of(AttemptId attempt, ScriptRun run) {
    ScriptMarkers stamps = ScriptMarkers.of(run.outputTail());
    Optional<Instant> frozenAt = stamps.at("frozen");
    return new PreScriptRun(
        attempt,
        run.knownAt(),
        run.startedAt(),
        frozenAt.or(run::endedAt),
        stamps.any() && frozenAt.isEmpty(),
        run.doubt(),
        stamps.held(attempt));
  }

  /**
   * For how long its guest was frozen; the guest's clock alone tells, so that the difference is one
   * of times of one clock.
   *
   * @param thaw the post-script of the same attempt
   * @return empty: one of the two did not say when
   */
  public Optional<Duration> frozenUntil(PostScriptRun thaw) {
    return frozenAt
        .or(() -> startedAt)
        .flatMap(
            from -> thaw.thawedAt().or(thaw::endedAt).map(until -> Duration.between(from, until)));
  }
}
