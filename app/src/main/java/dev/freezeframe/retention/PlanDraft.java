package dev.freezeframe.retention;

import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.retention.rule.Decision;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A plan while it is made, by one call after the other: how far it is, and what it comes to so far.
 *
 * @param groups of which anything was due when it was begun
 * @param planned how many of them are decided on
 * @param pages that are recorded
 * @param sets to be deleted
 * @param snapshots to be deleted
 * @param kept sets that are due and stay
 * @param unreplaced snapshots to be deleted whose sets newer ones have not replaced
 * @param leftOut groups that would lose more than their limit
 * @param firstLeftOut what the first of them would lose
 */
public record PlanDraft(
    String plan,
    int groups,
    int planned,
    int pages,
    int sets,
    int snapshots,
    int kept,
    int unreplaced,
    int leftOut,
    Optional<String> firstLeftOut) {

  public PlanDraft {
    if (planned < 0 || planned > groups) {
      throw new IllegalArgumentException(
          "planned is %d, expected a number of groups from 0 to %d".formatted(planned, groups));
    }
    if (pages < 0) {
      throw new IllegalArgumentException("pages is %d, expected a number from 0".formatted(pages));
    }
  }

  static PlanDraft of(String plan, int groups) {
    return new PlanDraft(plan, groups, 0, 0, 0, 0, 0, 0, 0, Optional.empty());
  }

  /** The same with one group more. */
  PlanDraft with(GroupDecider.Decided group, DeletionLimit limit) {
    Turnover turnover = Turnover.of(group);
    if (limit.exceededBy(turnover)) {
      String words =
          "%d of %d sets of %s".formatted(turnover.going(), turnover.size(), group.group().key());
      return new PlanDraft(
          plan,
          groups,
          planned + 1,
          pages,
          sets,
          snapshots,
          kept,
          unreplaced,
          leftOut + 1,
          firstLeftOut.or(() -> Optional.of(words)));
    }
    List<RetentionCandidate> going =
        group.sets().stream().filter(set -> group.on(set.set()).expires()).toList();
    return new PlanDraft(
        plan,
        groups,
        planned + 1,
        pages,
        sets + going.size(),
        snapshots + going.stream().mapToInt(set -> set.members().size()).sum(),
        kept + group.sets().size() - going.size(),
        unreplaced + (turnover.ordinary() ? 0 : turnover.snapshots()),
        leftOut,
        firstLeftOut);
  }

  PlanDraft withPages(int recorded) {
    return new PlanDraft(
        plan,
        groups,
        planned,
        pages + recorded,
        sets,
        snapshots,
        kept,
        unreplaced,
        leftOut,
        firstLeftOut);
  }

  /**
   * What is planned for the due sets of a group, the oldest first; nothing if it would lose more
   * than it may.
   */
  static List<PlannedSet> planned(GroupDecider.Decided group, DeletionLimit limit) {
    return limit.exceededBy(Turnover.of(group))
        ? List.of()
        : group.sets().stream()
            .sorted(Comparator.comparing(RetentionCandidate::pointInTime))
            .map(set -> planned(set, group.on(set.set())))
            .toList();
  }

  private static PlannedSet planned(RetentionCandidate set, Decision decision) {
    return new PlannedSet(
        set.group(),
        set.set(),
        set.pointInTime(),
        set.snapshots(),
        decision.expires(),
        decision.rule(),
        decision.words(),
        decision.expires() ? Optional.empty() : decision.reevaluateAt());
  }

  /** Whether it has grown over its limit, so that the rest does not matter any more. */
  boolean exceeds(DeletionLimit limit) {
    return unreplaced > limit.snapshots();
  }

  /** Whether nothing is left to decide on. */
  boolean done(DeletionLimit limit) {
    return planned == groups || exceeds(limit);
  }

  /** What it comes to. */
  PlanRow row(String execution, DeletionLimit limit, Instant now) {
    return new PlanRow(
        plan, execution, now, pages, sets, snapshots, kept, !exceeds(limit), leftOut, words(limit));
  }

  private String words(DeletionLimit limit) {
    String sum =
        "%d snapshots of %d sets to delete, %d sets are due and stay"
            .formatted(snapshots, sets, kept);
    if (exceeds(limit)) {
      return "at least %s: %d of the snapshots are not replaced by newer ones, more than the limit of %d"
          .formatted(sum, unreplaced, limit.snapshots());
    }
    return firstLeftOut
        .map(
            first ->
                "%s; left out, as more than %.0f %% of a group would go at once and newer sets have not replaced them: %s%s"
                    .formatted(
                        sum,
                        limit.share() * 100,
                        first,
                        leftOut == 1 ? "" : " and of %d other groups".formatted(leftOut - 1)))
        .orElse(sum);
  }
}
