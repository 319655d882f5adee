package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanRow;
import dev.freezeframe.retention.rule.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan while it grows, and how it stands against its limit. */
final class PlanDraft {
  private final DeletionLimit limit;
  private final List<PlannedSet> due = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private int sets;
  private int snapshots;
  private int kept;
  private int extraordinary;

  PlanDraft(DeletionLimit limit) {
    this.limit = limit;
  }

  void add(GroupView group, Map<AttemptId, Decision> decisions) {
    Turnover turnover = group.turnover(decisions);
    if (limit.exceededBy(turnover)) {
      leftOut.add("%d of %d sets of %s".formatted(turnover.going(), turnover.size(), group.key()));
      return;
    }
    List<PlannedSet> planned =
        group.asked().stream().map(set -> planned(set, decisions.get(set.set()))).toList();
    due.addAll(planned);
    List<PlannedSet> going = planned.stream().filter(PlannedSet::expires).toList();
    sets += going.size();
    kept += planned.size() - going.size();
    snapshots += going.stream().mapToInt(set -> set.members().size()).sum();
    if (!turnover.ordinary()) {
      extraordinary += turnover.snapshots();
    }
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
  boolean tooMany() {
    return extraordinary > limit.snapshots();
  }

  /** What is planned, group by group. */
  List<PlannedSet> due() {
    return List.copyOf(due);
  }

  PlanRow row(String plan, String execution, Instant now, int pages) {
    return new PlanRow(
        plan, execution, now, pages, sets, snapshots, kept, !tooMany(), leftOut.size(), words());
  }

  private String words() {
    String sum =
        "%d snapshots of %d sets to delete, %d sets are due and stay"
            .formatted(snapshots, sets, kept);
    if (tooMany()) {
      return "at least %s: %d of the snapshots are not replaced by newer ones, more than the limit of %d"
          .formatted(sum, extraordinary, limit.snapshots());
    }
    if (leftOut.isEmpty()) {
      return sum;
    }
    return "%s; left out, as more than %.0f %% of a group would go at once and newer sets have not replaced them: %s%s"
        .formatted(
            sum,
            limit.share() * 100,
            leftOut.get(0),
            leftOut.size() == 1 ? "" : " and of %d other groups".formatted(leftOut.size() - 1));
  }
}
