package dev.freezeframe.consistency;

import dev.freezeframe.consistency.script.PostScriptRun;
import dev.freezeframe.consistency.script.PreScriptRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The verdict on a volume or a set, with its reason. A pure function of the evidence.
 *
 * @param proof what APPLICATION rests on; empty: it is less, or was given before that was kept
 */
public record Verdict(Consistency consistency, Optional<Proof> proof, String reason) {

  /**
   * How far the guest's clock may be off before its times contradict AWS's.
   *
   * <p>The proof itself rests on one clock: AWS's, by which the pre-script's success was known
   * before the point in time and the first post-script was sent after it. The guest's times can
   * only take the verdict away. Where EC2 states whole seconds, the point in time may be up to a
   * second later than stated, and so may the freeze.
   */
  public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** Judges a set by the evidence on its guest, without regard to single volumes. */
  public static Verdict of(Evidence evidence) {
    if (evidence.quiescent()) {
      return application(
          Proof.PROVED, "the instance was stopped over the point in time: nothing could write");
    }
    if (evidence.withoutScripts().isPresent()) {
      return crash("not held at the point in time: " + evidence.withoutScripts().get());
    }
    if (evidence.pre().isEmpty()) {
      return unknown("no pre-script is known to have succeeded");
    }
    if (evidence.pre().get().frozeNothing()) {
      return crash("not held at the point in time: its document says that it froze nothing");
    }
    Optional<String> doubt = doubt(evidence);
    if (doubt.isPresent()) {
      return unknown(doubt.get());
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

  /** Why a command that succeeded does not say that its script did; empty: nothing doubts it. */
  private static Optional<String> doubt(Evidence evidence) {
    if (!evidence.leftOut().isEmpty()) {
      return Optional.of(
          "the agent leaves out %s of the document, which nothing there says is for another platform"
              .formatted(steps(evidence.leftOut())));
    }
    return evidence
        .pre()
        .flatMap(PreScriptRun::doubt)
        .map("the pre-script"::concat)
        .or(() -> evidence.post().flatMap(PostScriptRun::doubt).map("the post-script"::concat));
  }

  private static String steps(List<String> names) {
    return names.stream()
        .map("'%s'"::formatted)
        .collect(Collectors.joining(", ", names.size() == 1 ? "the step " : "the steps ", ""));
  }

  private static Verdict window(Evidence evidence, PreScriptRun pre, PostScriptRun post) {
    PointInTime point = evidence.pointInTime();
    Instant taken = point.startTime();
    Instant from = point.comparable(pre.knownAt());
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
    if (!point.answered() && point.latest().isAfter(to)) {
      return unknown(
          "CreateSnapshots was not answered, so that EC2, which states %s, may have taken the set as late as %s; the thaw was sent at %s"
              .formatted(taken, point.latest(), to));
    }
    Duration ahead = CLOCK_TOLERANCE.plus(point.rounding());
    if (after(pre.frozenAt(), taken.plus(ahead))) {
      return unknown(
          "the guest says that it froze at %s, after the point in time %s (tolerance %d s)"
              .formatted(pre.frozenAt().get(), taken, ahead.toSeconds()));
    }
    Instant last = point.answered() ? taken : point.latest();
    if (before(post.thawedAt(), last.minus(CLOCK_TOLERANCE))) {
      return unknown(
          "the guest says that it thawed at %s, before the point in time %s (tolerance %d s)"
              .formatted(post.thawedAt().get(), last, CLOCK_TOLERANCE.toSeconds()));
    }
    String span =
        "from %s to %s, point in time %s (guest's clock within %d s)"
            .formatted(from, to, taken, CLOCK_TOLERANCE.toSeconds());
    return pre.held().isPresent()
        ? application(Proof.PROVED, "held by its scripts " + span)
        : application(
            Proof.CLAIMED,
            "its scripts succeeded and could hold it %s; the document does not say what it held, so this rests on their exit codes"
                .formatted(span));
  }

  private static boolean after(Optional<Instant> one, Instant other) {
    return one.map(instant -> instant.isAfter(other)).orElse(false);
  }

  private static boolean before(Optional<Instant> one, Instant other) {
    return one.map(instant -> instant.isBefore(other)).orElse(false);
  }

  private static Verdict application(Proof proof, String reason) {
    return new Verdict(Consistency.APPLICATION, Optional.of(proof), reason);
  }

  private static Verdict crash(String reason) {
    return new Verdict(Consistency.CRASH, Optional.empty(), reason);
  }

  private static Verdict unknown(String reason) {
    return new Verdict(Consistency.UNKNOWN, Optional.empty(), reason);
  }

  /** The consistency in a word, and what it rests on where that is not a proof. */
  public static String words(Consistency consistency, Optional<Proof> proof) {
    return proof.equals(Optional.of(Proof.CLAIMED))
        ? "%s (%s)".formatted(consistency, Proof.CLAIMED.word())
        : consistency.name();
  }
}
