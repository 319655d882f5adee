package dev.freezeframe.consistency.script;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.marker.ScriptMarkers;
import java.time.Instant;
import java.util.Optional;

/**
 * A post-script that has answered.
 *
 * @param sentAt when it was sent, by AWS's clock; of several sendings not after the first
 * @param words its result
 * @param thawedAt when the thaw began, by the guest's clock: the document's stamp, else the start
 *     of the script
 * @param endedAt by the guest's clock
 * @param doubt why its success does not say that its script ran, as {@link ScriptRun#doubt} has it
 */
public record PostScriptRun(
    AttemptId attempt,
    Instant sentAt,
    Answer answer,
    String words,
    Optional<Instant> thawedAt,
    Optional<Instant> endedAt,
    Optional<String> doubt) {

  /** How a post-script found the freeze. Each of these means that it is over. */
  public enum Answer {
    /** It held until this script ended it. */
    THAWED,
    /** The guest's own timer had ended it. */
    AUTO_THAWED,
    /** There was none under this executionId. */
    NOT_FROZEN,
    /** The guest does not run any more. */
    GUEST_GONE
  }

  /**
   * Reads the answer of a script.
   *
   * @return empty: it says nothing that can be relied on, and has to be sent again
   */
  public static Optional<PostScriptRun> of(AttemptId attempt, ScriptRun run) {
    Answer answer;
    if (run.succeeded()) {
      answer = Answer.THAWED;
    } else if (run.contractCode().equals(Optional.of(ExitCode.AUTO_THAWED))) {
      answer = Answer.AUTO_THAWED;
    } else if (run.contractCode().equals(Optional.of(ExitCode.PRE_SCRIPT_EXPECTED))) {
      answer = Answer.NOT_FROZEN;
    } else {
      return Optional.empty();
    }
    ScriptMarkers stamps = ScriptMarkers.of(run.outputTail());
    return Optional.of(
        new PostScriptRun(
            attempt,
            run.sentAt(),
            answer,
            run.describe(),
            stamps.at("thawing").or(() -> stamps.at("auto-thawed")).or(run::startedAt),
            run.endedAt(),
            run.doubt()));
  }

  /**
   * Reads the answer of a script of others whose pre-script had exited badly by itself. By the
   * contract such a pre-script leaves nothing frozen, and DLM sends no post-script after it; so a
   * post-script that fails with none of the contract's codes has found nothing.
   *
   * @return empty: it says that it could not thaw, or nothing
   */
  public static Optional<PostScriptRun> afterRefusal(
      AttemptId attempt, ScriptRun pre, ScriptRun post) {
    boolean nothing =
        pre.exitedBadly() && post.exitedBadly() && ExitCode.of(post.exitCode()).isEmpty();
    return nothing
        ? Optional.of(
            new PostScriptRun(
                attempt,
                post.sentAt(),
                Answer.NOT_FROZEN,
                "%s, after a pre-script that %s: nothing was held"
                    .formatted(post.describe(), pre.describe()),
                Optional.empty(),
                post.endedAt(),
                Optional.empty()))
        : Optional.empty();
  }

  /** The same answer, where an earlier sending may have been the first. */
  public PostScriptRun sentFrom(Instant first) {
    Instant earliest = first.isBefore(sentAt) ? first : sentAt;
    return new PostScriptRun(attempt, earliest, answer, words, thawedAt, endedAt, doubt);
  }

  /** The answer where there is no guest left to ask. */
  public static PostScriptRun guestGone(AttemptId attempt, Instant askedAt, String words) {
    return unsent(attempt, askedAt, Answer.GUEST_GONE, words);
  }

  /** The answer where nothing is left to thaw. */
  public static PostScriptRun notNeeded(AttemptId attempt, Instant decidedAt, String words) {
    return unsent(attempt, decidedAt, Answer.NOT_FROZEN, words);
  }

  private static PostScriptRun unsent(AttemptId attempt, Instant at, Answer answer, String words) {
    return new PostScriptRun(
        attempt, at, answer, words, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
