package dev.freezeframe.retention.rule;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.ledger.RetentionSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one set of a group.
 *
 * @param consistency empty: it has not been judged yet
 * @param terms that it was taken under; empty: none are on record
 * @param holds what keeps any of its members from outside the policy, by what EC2 says
 * @param drilled whether it is the newest of its group that passed a drill
 */
public record SetFacts(
    AttemptId set,
    Instant pointInTime,
    SetState state,
    Optional<Consistency> consistency,
    Optional<RetentionSettings> terms,
    List<String> holds,
    boolean drilled) {

  /** Two sets of one instant have an order too, if an arbitrary one. */
  static final Comparator<SetFacts> NEWEST_FIRST =
      Comparator.comparing(SetFacts::pointInTime).thenComparing(SetFacts::set).reversed();

  public SetFacts {
    holds = List.copyOf(holds);
  }

  /** One that has not passed a drill. */
  public SetFacts(
      AttemptId set,
      Instant pointInTime,
      SetState state,
      Optional<Consistency> consistency,
      Optional<RetentionSettings> terms,
      List<String> holds) {
    this(set, pointInTime, state, consistency, terms, holds, false);
  }

  boolean completed() {
    return state == SetState.COMPLETED;
  }

  /** Whether it is a whole backup that is proved to be application-consistent. */
  public boolean application() {
    return completed() && consistency.equals(Optional.of(Consistency.APPLICATION));
  }

  /** Whether anything could be restored from it. */
  boolean restorable() {
    return state == SetState.COMPLETED || state == SetState.PARTIAL;
  }

  public SetFacts with(List<String> found) {
    return new SetFacts(set, pointInTime, state, consistency, terms, found, drilled);
  }
}
