package dev.freezeframe.consistency;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a set is worth, and why. A pure function of the evidence. */
public record Verdict(Consistency consistency, String reason) {

  /**
   * How far the guest's clock may be off before its times contradict AWS's.
   *
   * <p>The proof itself rests on one clock: AWS's, by which the pre-script's success was known
   * before the point in time and the first post-script was sent after it. The guest's times can
   * only take the verdict away.
   */
  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  public static Verdict of(Evidence evidence) {
    if (evidence.quiescent()) {
      return application("the instance was stopped over the point in time: nothing could write");
    }
    if (evidence.withoutScripts().isPresent()) {
      return new Verdict(
          Consistency.CRASH, "no script held the guest: " + evidence.withoutScripts().get());
    }
    if (evidence.pre().isEmpty()) {
      return unknown("no pre-script is known to have succeeded");
    }
    if (evidence.pre().get().frozeNothing()) {
      return new Verdict(
          Consistency.CRASH, "no script held the guest: its document says that it froze nothing");
    }
    if (evidence.post().isEmpty()) {
      return unknown("no post-script has answered, so nothing says that the freeze held");
    }
    return switch (evidence.post().get().answer()) {
      case THAWED -> window(evidence, evidence.pre().get(), evidence.post().get());
      case AUTO_THAWED -> unknown("the guest's own timer thawed it before the post-script (203)");
      case NOT_FROZEN -> unknown("the post-script found no freeze of this attempt (205)");
      case GUEST_GONE -> unknown("the instance was gone before the post-script could answer");
    };
  }

  private static Verdict window(Evidence evidence, PreScriptRun pre, PostScriptRun post) {
    Instant taken = evidence.pointInTime();
    Instant from = comparable(pre.knownAt(), taken);
    Instant to =
        evidence
            .firstThawSentAt()
            .filter(first -> first.isBefore(post.sentAt()))
            .orElse(post.sentAt());
    if (taken.isBefore(from)) {
      return unknown(
          "the point in time %s lies before %s, when the freeze was known to hold"
              .formatted(taken, from));
    }
    if (taken.isAfter(to)) {
      return unknown(
          "the point in time %s lies after %s, when the thaw was sent or could have been"
              .formatted(taken, to));
    }
    if (after(pre.frozenAt(), taken.plus(CLOCK_TOLERANCE))) {
      return unknown(
          "the guest says that it froze at %s, after the point in time %s (tolerance %d s)"
              .formatted(pre.frozenAt().get(), taken, CLOCK_TOLERANCE.toSeconds()));
    }
    if (before(post.thawedAt(), taken.minus(CLOCK_TOLERANCE))) {
      return unknown(
          "the guest says that it thawed at %s, before the point in time %s (tolerance %d s)"
              .formatted(post.thawedAt().get(), taken, CLOCK_TOLERANCE.toSeconds()));
    }
    return application(
        "held by its scripts from %s to %s, point in time %s (guest's clock within %d s)"
            .formatted(from, to, taken, CLOCK_TOLERANCE.toSeconds()));
  }

  /** Where EC2 states whole seconds, the second is all that can be compared. */
  private static Instant comparable(Instant known, Instant taken) {
    return taken.equals(taken.truncatedTo(ChronoUnit.SECONDS))
        ? known.truncatedTo(ChronoUnit.SECONDS)
        : known;
  }

  private static boolean after(Optional<Instant> one, Instant other) {
    return one.map(instant -> instant.isAfter(other)).orElse(false);
  }

  private static boolean before(Optional<Instant> one, Instant other) {
    return one.map(instant -> instant.isBefore(other)).orElse(false);
  }

  private static Verdict application(String reason) {
    return new Verdict(Consistency.APPLICATION, reason);
  }

  private static Verdict unknown(String reason) {
    return new Verdict(Consistency.UNKNOWN, reason);
  }
}
