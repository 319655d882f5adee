package dev.freezeframe.rehearsal.run;

import dev.freezeframe.ledger.SnapshotRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * When a fleet could have been finished at the earliest, if the quota of pending snapshots were all
 * that it had to wait for: its sets one behind the other in the order in which they were taken,
 * each as soon as its turn by the pacing has come and the quota has room for all of its snapshots,
 * each snapshot for as long as it was truly pending.
 *
 * @param allowed from the firing to the last completion, by the quota alone
 * @param took from the firing to the last completion, as it was
 */
record QuotaBound(Duration allowed, Duration took) {
  private static final double SETS_PER_SECOND = 5;

  /** Snapshots of other tools that are pending for a while. */
  record Others(Instant from, Instant to, int count) {}

  static QuotaBound of(Result result, int limit) {
    return of(result, limit, List.of(), 1);
  }

  /**
   * The bound of a run.
   *
   * @param policies that fire at once, each at its own pace
   */
  static QuotaBound of(Result result, int limit, List<Others> others, int policies) {
    Map<String, List<SnapshotRow>> sets =
        result.rows().values().stream()
            .collect(
                Collectors.groupingBy(row -> row.set().value(), TreeMap::new, Collectors.toList()));
    List<List<SnapshotRow>> inOrder = new ArrayList<>(sets.values());
    inOrder.sort(Comparator.comparing(set -> set.get(0).pointInTime()));
    Use use = new Use(limit, others);
    Instant turn = Scene.DUE;
    Instant last = Scene.DUE;
    Instant ended = Scene.DUE;
    for (int i = 0; i < inOrder.size(); i++) {
      Instant paced = Scene.DUE.plusMillis((long) (1000 * i / (SETS_PER_SECOND * policies)));
      turn = use.start(later(turn, paced), inOrder.get(i));
      for (SnapshotRow row : inOrder.get(i)) {
        last = later(last, turn.plus(pending(row)));
        ended = later(ended, row.settledAt().orElseThrow());
      }
    }
    return new QuotaBound(Duration.between(Scene.DUE, last), Duration.between(Scene.DUE, ended));
  }

  /** How many snapshots of other tools are pending at once at the most. */
  static int peak(List<Others> others) {
    return others.stream()
        .mapToInt(
            one ->
                others.stream()
                    .filter(
                        other ->
                            !other.from().isAfter(one.from()) && other.to().isAfter(one.from()))
                    .mapToInt(Others::count)
                    .sum())
        .max()
        .orElse(0);
  }

  double times() {
    return (double) took.toMillis() / allowed.toMillis();
  }

  @Override
  public String toString() {
    return "the quota alone allows %d s, it took %d s: %.2f times"
        .formatted(allowed.toSeconds(), took.toSeconds(), times());
  }

  private static Duration pending(SnapshotRow row) {
    return Duration.between(row.pointInTime(), row.settledAt().orElseThrow());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Who uses the quota when. */
  private static final class Use {
    private final int limit;
    private final List<Others> spans;

    Use(int limit, List<Others> others) {
      this.limit = limit;
      this.spans = new ArrayList<>(others);
    }

    /** Takes a set at the earliest instant that has room for it, not before its turn. */
    Instant start(Instant turn, List<SnapshotRow> set) {
      spans.removeIf(span -> !span.to().isAfter(turn));
      Instant at = turn;
      while (used(at) + set.size() > limit) {
        Instant now = at;
        at =
            spans.stream()
                .flatMap(span -> List.of(span.from(), span.to()).stream())
                .filter(then -> then.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElseThrow();
      }
      for (SnapshotRow row : set) {
        spans.add(new Others(at, at.plus(pending(row)), 1));
      }
      return at;
    }

    private int used(Instant at) {
      return spans.stream()
          .filter(span -> !span.from().isAfter(at) && span.to().isAfter(at))
          .mapToInt(Others::count)
          .sum();
    }
  }
}
