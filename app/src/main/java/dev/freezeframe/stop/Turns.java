package dev.freezeframe.stop;

import dev.freezeframe.common.PolicyName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Takes turns: at most so many instances of a group are stopped together. */
public final class Turns {
  /** Two that change a group at once ask again; so often one of them has gone first. */
  private static final int TRIES = 10;

  private final StopLedger ledger;
  private final Clock clock;

  public Turns(StopLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * One that asks for a turn.
   *
   * @param order the lowest comes first
   * @param since when it first asked
   * @param pause before it asks again
   * @param lasts how long a turn lasts whose instance nobody sees stopped
   */
  public record Question(
      PolicyName policy,
      String group,
      String execution,
      long order,
      int atOnce,
      Instant since,
      Duration pause,
      Duration lasts) {}

  /** Takes a turn, or waits for one; whether it has one now. */
  public boolean take(Question question) {
    for (int tries = 0; tries < TRIES; tries++) {
      Instant now = clock.instant();
      StopTurns turns = ledger.stopTurns(question.policy(), question.group());
      boolean goes =
          turns.mayGo(
              question.execution(), question.order(), question.since(), question.atOnce(), now);
      StopTurns next =
          goes
              ? turns.taken(question.execution(), now.plus(question.lasts()), now)
              : turns.waiting(question.execution(), waiter(question, now), now);
      if (ledger.recordStopTurns(next)) {
        return goes;
      }
    }
    return false;
  }

  /** Alive until it should have asked twice more. */
  private static StopTurns.Waiter waiter(Question question, Instant now) {
    Instant until = now.plus(question.pause().multipliedBy(2)).plus(Duration.ofMinutes(1));
    return new StopTurns.Waiter(question.order(), question.since(), until);
  }

  /** Keeps a turn for as long as its instance is stopped. */
  public void keep(StopRow stop) {
    Instant now = clock.instant();
    change(
        stop.run().policy(),
        stop.group(),
        turns -> turns.taken(stop.execution(), now.plus(StopTurns.WHILE_STOPPED), now));
  }

  /** Gives a turn back, or a place among those that wait. */
  public void giveBack(StopRow stop) {
    giveBack(stop.run().policy(), stop.group(), stop.execution());
  }

  /** Likewise, of one that has stopped nothing. */
  public void giveBack(PolicyName policy, String group, String execution) {
    change(policy, group, turns -> turns.without(execution, clock.instant()));
  }

  private void change(PolicyName policy, String group, UnaryOperator<StopTurns> how) {
    boolean written = false;
    for (int tries = 0; tries < TRIES && !written; tries++) {
      written = ledger.recordStopTurns(how.apply(ledger.stopTurns(policy, group)));
    }
    if (!written) {
      throw new IllegalStateException(
          "the turns of group '%s' of %s were changed by others %d times in a row"
              .formatted(group, policy, TRIES));
    }
  }
}
