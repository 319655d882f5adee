package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;

/**
 * A plan of deletions, written once all its pages are.
 *
 * @param plan its id
 * @param execution that made it
 * @param pages how many it has
 * @param sets to be deleted
 * @param snapshots to be deleted
 * @param kept sets that are due and stay
 * @param within whether it keeps the limit of snapshots
 * @param leftOut groups that would lose more than their limit; nothing of theirs is planned
 * @param words what it comes to
 */
public record PlanRow(
    String plan,
    String execution,
    Instant at,
    int pages,
    int sets,
    int snapshots,
    int kept,
    boolean within,
    int leftOut,
    String words) {

  public PlanRow {
    at = at.truncatedTo(MILLIS);
  }
}
