package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a plan, as {@link PlanPages} cuts it. A set is whole on one page.
 *
 * @param number from 1
 * @param at when it was planned
 */
public record PlanPage(String plan, int number, Instant at, List<PlannedSet> sets) {

  public PlanPage {
    at = at.truncatedTo(MILLIS);
    sets = List.copyOf(sets);
  }

  /**
   * What is planned for one set that is due.
   *
   * @param expires whether it is to be deleted
   * @param reevaluateAt of one that stays: when it is due again
   */
  public record PlannedSet(
      GroupKey group,
      AttemptId set,
      Instant pointInTime,
      List<SnapshotId> members,
      boolean expires,
      String rule,
      String reason,
      Optional<Instant> reevaluateAt) {

    public PlannedSet {
      pointInTime = pointInTime.truncatedTo(MILLIS);
      members = List.copyOf(members);
      reevaluateAt = reevaluateAt.map(at -> at.truncatedTo(MILLIS));
    }
  }
}
