package dev.freezeframe.drill;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Consistency;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides whose turn it is: the instance that was drilled longest ago first, those that never were
 * before all. A run drills as many as its share of the time within which all have to be.
 *
 * <p>A drill that said nothing is done again once, beside the share of the run. After a second one
 * the instance waits like others: it must not keep them from their turns.
 */
public final class DrillRotation {
  /** So many drills in a row that say nothing are no accident. */
  public static final int INCONCLUSIVE = 2;

  private final Duration every;
  private final Duration period;
  private final Optional<String> document;
  private final Instant now;

  /**
   * A run.
   *
   * @param every within which each instance is drilled
   * @param period until the next run
   * @param document hash of the document as it is now; empty: it is not known, or none is run
   */
  public DrillRotation(Duration every, Duration period, Optional<String> document, Instant now) {
    this.every = every;
    this.period = period;
    this.document = document;
    this.now = now;
  }

  /**
   * A set that could be drilled.
   *
   * @param drilled what the earlier drills of its instance came to; empty: it never was
   */
  public record Candidate(
      InstanceId instance,
      AttemptId set,
      Instant pointInTime,
      Consistency consistency,
      Optional<DrilledGroup> drilled) {}

  /** A candidate whose turn it is, and why. */
  public record Turn(Candidate candidate, String reason, boolean again) {}

  /** Those whose turn has come, in order, whatever room there is. */
  public List<Turn> due(List<Candidate> candidates) {
    return candidates.stream()
        .flatMap(candidate -> turn(candidate).stream())
        .sorted(
            Comparator.comparing((Turn turn) -> since(turn.candidate()))
                .thenComparing(turn -> turn.candidate().consistency())
                .thenComparing(turn -> turn.candidate().instance()))
        .toList();
  }

  /**
   * How many are drilled in this run, besides those that are done again.
   *
   * @param instances of the policy that have a set
   */
  public int share(int instances) {
    long seconds = Math.max(1, every.toSeconds());
    long wanted = Math.multiplyExact((long) instances, Math.max(1, period.toSeconds()));
    return (int) Math.min(instances, (wanted + seconds - 1) / seconds);
  }

  /**
   * Whether the time of an instance is over, and two runs more, which it may have had to wait. One
   * that was never drilled has no time yet: it is before all others.
   */
  public boolean isOverdue(DrilledGroup drilled) {
    return drilled
        .conclusive()
        .map(at -> at.plus(every).plus(period.multipliedBy(2)).isBefore(now))
        .orElse(drilled.inconclusive() >= INCONCLUSIVE);
  }

  /** When the time of an instance began to count; at the beginning of time if it never was. */
  private static Instant since(Candidate candidate) {
    return candidate
        .drilled()
        .flatMap(
            drilled ->
                drilled.inconclusive() >= INCONCLUSIVE
                    ? Optional.of(drilled.last().startedAt())
                    : drilled.conclusive())
        .orElse(Instant.EPOCH);
  }

  private Optional<Turn> turn(Candidate candidate) {
    Optional<DrilledGroup> drilled = candidate.drilled();
    if (drilled.isEmpty()) {
      return Optional.of(new Turn(candidate, "it was never drilled", false));
    }
    int inconclusive = drilled.get().inconclusive();
    if (inconclusive > 0 && inconclusive < INCONCLUSIVE) {
      return Optional.of(new Turn(candidate, "its last drill said nothing", true));
    }
    if (isChanged(drilled.get())) {
      return Optional.of(
          new Turn(candidate, "the document has changed since its last drill", false));
    }
    Instant since = since(candidate);
    // Runs are not started to the second: half a period early is not early.
    Instant due = since.plus(every).minus(period.dividedBy(2));
    return due.isAfter(now)
        ? Optional.empty()
        : Optional.of(
            new Turn(
                candidate,
                "its last drill was %d days ago".formatted(Duration.between(since, now).toDays()),
                false));
  }

  private boolean isChanged(DrilledGroup drilled) {
    return document.isPresent()
        && drilled.last().document().isPresent()
        && !document.equals(drilled.last().document());
  }
}
