package dev.freezeframe.drill;

import dev.freezeframe.policy.Drill;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a drill is within what the drills of its policy may cost in a month.
 *
 * <p>Each puts on record what it may cost at most before it asks, so that of two that come together
 * at least one sees the other. Both may give way; they never go over the limit together.
 */
public final class DrillBudget {
  private DrillBudget() {}

  /**
   * Why a drill is over the limit; empty: it is within it.
   *
   * @param spendings of the month, that of the drill itself among them or not
   * @param cost of the drill at most
   */
  public static Optional<String> refusal(
      Map<DrillId, DrillCost> spendings, DrillId drill, DrillCost cost, Drill.Limits limits) {
    DrillCost others =
        spendings.entrySet().stream()
            .filter(spending -> !spending.getKey().equals(drill))
            .map(Map.Entry::getValue)
            .reduce(DrillCost.NONE, DrillCost::plus);
    DrillCost limit = DrillCost.ofDollars(limits.maxPerMonth());
    return others.plus(cost).isMoreThan(limit)
        ? Optional.of(
            "it may cost %s, of the %s of the month %s are taken".formatted(cost, limit, others))
        : Optional.empty();
  }

  /**
   * Why a set is too large; empty: it is not.
   *
   * @param gib of the volumes that would be created
   */
  public static Optional<String> tooLarge(long gib, Drill.Limits limits) {
    return gib > limits.maxGiB()
        ? Optional.of(
            "its volumes have %,d GiB, expected %,d at most".formatted(gib, limits.maxGiB()))
        : Optional.empty();
  }
}
