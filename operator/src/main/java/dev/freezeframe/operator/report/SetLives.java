package dev.freezeframe.operator.report;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.ledger.Deletion;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.retention.RetainedSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells which sets are there and why, and which went and why. */
public final class SetLives {
  private SetLives() {}

  /**
   * Every set, by point in time.
   *
   * @param kept those that are there, with the reasons of retention
   * @param lives of snapshots; those of a set that is kept add nothing
   */
  public static List<Report.SetLife> of(List<RetainedSet> kept, Collection<SnapshotHistory> lives) {
    Map<AttemptId, Report.SetLife> sets = new LinkedHashMap<>();
    kept.forEach(set -> sets.put(set.set(), there(set)));
    lives.stream()
        .collect(Collectors.groupingBy(life -> life.row().set()))
        .forEach((set, members) -> sets.computeIfAbsent(set, id -> of(members)));
    List<Report.SetLife> sorted = new ArrayList<>(sets.values());
    sorted.sort(
        Comparator.comparing(Report.SetLife::pointInTime).thenComparing(Report.SetLife::instance));
    return sorted;
  }

  private static Report.SetLife there(RetainedSet set) {
    return new Report.SetLife(
        set.group().instance().value(),
        set.set().value(),
        set.pointInTime(),
        set.consistency().map(Enum::name),
        set.snapshots().size(),
        Optional.empty(),
        String.join("; ", set.reasons()));
  }

  private static Report.SetLife of(List<SnapshotHistory> members) {
    SnapshotHistory first = members.get(0);
    boolean gone = members.stream().noneMatch(SnapshotHistory::living);
    return new Report.SetLife(
        first.row().instance().value(),
        first.row().set().value(),
        first.row().pointInTime(),
        first.row().consistency().map(Enum::name),
        members.size(),
        gone
            ? members.stream().map(SetLives::ended).max(Comparator.naturalOrder())
            : Optional.empty(),
        first.deletion().map(SetLives::words).orElse(gone ? "missed in EC2" : "not judged yet"));
  }

  private static Instant ended(SnapshotHistory life) {
    return life.deletion()
        .map(Deletion::at)
        .or(life::vanishedAt)
        .orElseThrow(
            () -> new IllegalStateException("expected the end of " + life.row().snapshot()));
  }

  private static String words(Deletion deletion) {
    return "%s: %s".formatted(deletion.rule(), deletion.reason());
  }
}
