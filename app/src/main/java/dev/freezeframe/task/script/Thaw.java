package dev.freezeframe.task.script;

import dev.freezeframe.consistency.script.DocumentRefusedException;
import dev.freezeframe.consistency.script.GuestGoneException;
import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.script.ScriptFailedException;
import dev.freezeframe.consistency.script.ScriptOrder;
import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.consistency.script.ScriptRunner;
import dev.freezeframe.consistency.script.ThawNotProvedException;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends a post-script and makes sure of what it says. */
public final class Thaw {
  /** For how long a pre-script that has not ended is awaited before its thaw counts. */
  private static final Duration LATE_FREEZE = Duration.ofMinutes(4);

  /** A pre-script that Run Command does not know of by then was never sent. */
  private static final Duration LATE_SENDING = Duration.ofSeconds(90);

  /** What is said of a post-script that has answered, whatever it answered. */
  static final String MAY_STILL_FREEZE = "the pre-script has not ended and may still freeze";

  private final ScriptRunner scripts;
  private final Supplier<Instances> instances;
  private final Clock clock;

  /**
   * Thaws by scripts.
   *
   * @param instances made only where a guest is gone
   */
  public Thaw(ScriptRunner scripts, Supplier<Instances> instances, Clock clock) {
    this.scripts = scripts;
    this.instances = instances;
    this.clock = clock;
  }

  /**
   * Sends a post-script.
   *
   * @param orderedAt when the attempt began, asked only where the answer alone does not tell;
   *     empty: it ran no pre-script
   * @throws ThawNotProvedException if the guest gave no answer
   * @throws ScriptFailedException if it answered that it could not
   */
  PostScriptRun send(ScriptOrder post, Supplier<Optional<Instant>> orderedAt) {
    Instant askedAt = clock.instant();
    ScriptRun run;
    try {
      run = run(post);
    } catch (GuestGoneException gone) {
      return gone(post, askedAt);
    }
    return PostScriptRun.of(post.attempt(), run)
        .or(() -> afterRefusal(post, run, orderedAt))
        .orElseThrow(() -> refusal(run));
  }

  /** A document of others may keep no state that tells 205 from any other failure. */
  private Optional<PostScriptRun> afterRefusal(
      ScriptOrder post, ScriptRun run, Supplier<Optional<Instant>> orderedAt) {
    if (post.document().stamps() || !run.exitedBadly()) {
      return Optional.empty();
    }
    return orderedAt
        .get()
        .flatMap(since -> scripts.earlier(preScript(post), since))
        .flatMap(pre -> PostScriptRun.afterRefusal(post.attempt(), pre, run));
  }

  private static ScriptOrder preScript(ScriptOrder post) {
    return new ScriptOrder(
        post.instance(), post.document(), Script.PRE_SCRIPT, post.attempt(), post.timeout());
  }

  /**
   * Makes sure that an answer is the whole answer.
   *
   * @param orderedAt when the attempt began
   * @param preEnded whether its pre-script is known to have ended; where it is not, it may still
   *     freeze, and a thaw that came before it proves nothing
   * @throws ThawNotProvedException if the pre-script may still freeze
   */
  PostScriptRun confirm(
      ScriptOrder post, PostScriptRun answer, Instant orderedAt, boolean preEnded) {
    if (!preEnded && answer.answer() != PostScriptRun.Answer.GUEST_GONE) {
      refuseWhilePreScriptRuns(post, orderedAt);
    }
    return answer.answer() == PostScriptRun.Answer.NOT_FROZEN
        ? earlierAnswer(post, orderedAt).orElse(answer)
        : answer;
  }

  /** A thaw by the document as it is now is better than none. */
  private ScriptRun run(ScriptOrder post) {
    try {
      return scripts.run(post);
    } catch (DocumentRefusedException refused) {
      return scripts.run(
          new ScriptOrder(
              post.instance(),
              post.document().unpinned(),
              post.script(),
              post.attempt(),
              post.timeout()));
    }
  }

  private static RuntimeException refusal(ScriptRun run) {
    String words = "the post-script %s".formatted(run.explain());
    return run.ending() == ScriptRun.Ending.FAILED
        ? new ScriptFailedException(words)
        : new ThawNotProvedException(words);
  }

  /** A stopped machine is not frozen; one that still runs has to be asked again. */
  private PostScriptRun gone(ScriptOrder post, Instant askedAt) {
    Optional<InstanceFacts> facts = instances.get().find(post.instance());
    String state = facts.map(InstanceFacts::state).orElse("gone");
    if (state.equals("running") || state.equals("pending")) {
      throw new ThawNotProvedException(
          "the post-script could not be sent: %s is %s, and its agent is not registered"
              .formatted(post.instance(), state));
    }
    return PostScriptRun.guestGone(
        post.attempt(), askedAt, "not sent: the instance is %s".formatted(state));
  }

  private void refuseWhilePreScriptRuns(ScriptOrder post, Instant orderedAt) {
    Optional<ScriptRun> sent = scripts.earlier(preScript(post), orderedAt);
    boolean mayStillFreeze =
        sent.map(run -> running(run) && isYounger(orderedAt, LATE_FREEZE))
            .orElseGet(() -> isYounger(orderedAt, LATE_SENDING));
    if (mayStillFreeze) {
      throw new ThawNotProvedException(MAY_STILL_FREEZE);
    }
  }

  private static boolean running(ScriptRun run) {
    return run.ending() == ScriptRun.Ending.TIMED_OUT && run.endedAt().isEmpty();
  }

  private boolean isYounger(Instant orderedAt, Duration age) {
    return clock.instant().isBefore(orderedAt.plus(age));
  }

  /**
   * The answer of the attempt's post-script that somebody has sent by hand, at a time when its
   * pre-script could freeze no more.
   */
  Optional<PostScriptRun> byHand(ScriptOrder post, Instant orderedAt) {
    return scripts.byHand(post, orderedAt.plus(LATE_FREEZE)).stream()
        .flatMap(run -> PostScriptRun.of(post.attempt(), run).stream())
        .findFirst();
  }

  /** The answer of a post-script whose function died before it could pass it on. */
  private Optional<PostScriptRun> earlierAnswer(ScriptOrder post, Instant orderedAt) {
    return scripts
        .earlier(post, orderedAt)
        .flatMap(run -> PostScriptRun.of(post.attempt(), run))
        .filter(answer -> answer.answer() != PostScriptRun.Answer.NOT_FROZEN);
  }
}
