package dev.freezeframe.retention;

import dev.freezeframe.consistency.AttemptId;
import dev.freezeframe.ledger.PlanPage.PlannedSet;
import dev.freezeframe.ledger.PlanRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan while it grows, and how it stands against its limit. */
final class PlanDraft {
  private final Limit limit;
  private final List<PlannedSet> due = new ArrayList<>();
  private final List<String> excesses = new ArrayList<>();
  private int sets;
  private int snapshots;
  private int kept;

  PlanDraft(Limit limit) {
    this.limit = limit;
  }

  void add(KnownGroup group, Map<AttemptId, Decision> decisions) {
    List<PlannedSet> planned =
        group.asked().stream().map(set -> planned(set, decisions.get(set.set()))).toList();
    due.addAll(planned);
    List<PlannedSet> going = planned.stream().filter(PlannedSet::expires).toList();
    sets += going.size();
    kept += planned.size() - going.size();
    snapshots += going.stream().mapToInt(set -> set.members().size()).sum();
    if (limit.exceededBy(going.size(), group.size())) {
      excesses.add("%d of %d sets of %s".formatted(going.size(), group.size(), group.key()));
    }
  }

  private static PlannedSet planned(KnownSet set, Decision decision) {
    return new PlannedSet(
        set.group(),
        set.set(),
        set.pointInTime(),
        set.snapshots(),
        decision.expires(),
        decision.rule(),
        decision.words(),
        decision.expires() ? Optional.empty() : decision.askAgain());
  }

  /** Whether it has grown over its limit, so that the rest does not matter any more. */
  boolean tooMany() {
    return snapshots > limit.snapshots();
  }

  /** What is planned, group by group. */
  List<PlannedSet> due() {
    return List.copyOf(due);
  }

  PlanRow row(String plan, String execution, Instant now, int pages) {
    boolean within = excesses.isEmpty() && !tooMany();
    return new PlanRow(plan, execution, now, pages, sets, snapshots, kept, within, words(within));
  }

  private String words(boolean within) {
    String sum =
        "%d snapshots of %d sets to delete, %d sets are due and stay"
            .formatted(snapshots, sets, kept);
    if (within) {
      return sum;
    }
    if (tooMany()) {
      return "at least %s: more than the limit of %d snapshots".formatted(sum, limit.snapshots());
    }
    return "%s: more than the limit of %.0f %% of a group, such as %s%s"
        .formatted(
            sum,
            limit.share() * 100,
            excesses.get(0),
            excesses.size() == 1 ? "" : " and of %d others".formatted(excesses.size() - 1));
  }
}
