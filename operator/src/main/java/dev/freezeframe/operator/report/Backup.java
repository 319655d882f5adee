package dev.freezeframe.operator.report;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one instance in one run.
 *
 * @param status {@code SUCCEEDED}, {@code FAILED}, {@code SKIPPED}, or {@code RUNNING} while none
 *     is on record
 * @param proof what an {@code APPLICATION} rests on: {@code PROVED}, {@code CLAIMED}; empty: it is
 *     less, or nobody kept it
 * @param execution its ARN or name; empty: there was none
 * @param frozen how long the guest stood still; empty: it did not, or nobody knows
 * @param states those entered; empty: only Step Functions knows them
 * @param callsWhileFrozen from the answer that told of the freeze to the sending of the thaw
 */
public record Backup(
    String instance,
    String status,
    Optional<String> consistency,
    Optional<String> proof,
    String reason,
    Optional<String> execution,
    Optional<String> preScript,
    Optional<String> postScript,
    int attempts,
    Optional<Duration> frozen,
    List<Span> spans,
    List<Attempt> freezes,
    List<Member> snapshots,
    List<Entered> states,
    List<String> callsWhileFrozen) {
  private static final Set<Span.Kind> TOLD_IN_SHORT =
      EnumSet.of(
          Span.Kind.FROZEN,
          Span.Kind.DOWN,
          Span.Kind.BETWEEN_SCRIPTS,
          Span.Kind.SNAPSHOT_SET,
          Span.Kind.OUTCOME);

  public Backup {
    spans = List.copyOf(spans);
    freezes = List.copyOf(freezes);
    snapshots = List.copyOf(snapshots);
    states = List.copyOf(states);
    callsWhileFrozen = List.copyOf(callsWhileFrozen);
  }

  /** The same, with what only the one who watched it knows. */
  public Backup watched(
      String ending,
      Optional<Duration> stoodStill,
      List<Span> seen,
      List<Entered> entered,
      List<String> callsInside) {
    return new Backup(
        instance,
        ending,
        consistency,
        proof,
        reason,
        execution,
        preScript,
        postScript,
        attempts,
        stoodStill,
        seen,
        freezes,
        snapshots,
        entered,
        callsInside);
  }

  /** The same in short: how it ended, and of its time the freezes, the set and the end. */
  Backup abridged() {
    return new Backup(
        instance,
        status,
        consistency,
        proof,
        reason,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        attempts,
        frozen,
        spans.stream()
            .filter(span -> TOLD_IN_SHORT.contains(span.kind()))
            .map(Span::silent)
            .toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** A state that was entered. */
  public record Entered(String state, Instant at) {}

  /**
   * An attempt that was about to freeze the guest.
   *
   * @param document name and version
   */
  public record Attempt(int number, String document, Instant orderedAt, List<Thaw> thaws) {

    public Attempt {
      thaws = List.copyOf(thaws);
    }
  }

  /** A post-script. */
  public record Thaw(Instant sentAt, String by, String answer, boolean proved) {}

  /**
   * A snapshot of the set.
   *
   * @param cause why it failed
   * @param worth what it is worth by itself, in a word or two; empty: it is not judged
   */
  public record Member(
      String id,
      String volume,
      String state,
      Instant pointInTime,
      Optional<Instant> settledAt,
      Optional<Instant> expiresAt,
      Optional<String> cause,
      Optional<String> worth) {}
}
