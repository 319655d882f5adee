package dev.freezeframe.task.backup;

import dev.freezeframe.ledger.OutcomeRow;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics of a backup that has ended. */
final class OutcomeMetrics {
  private OutcomeMetrics() {}

  /**
   * Measures.
   *
   * @param rows of its set; empty if none
   * @param thawProved whether every attempt that may have frozen the guest is known to be thawed,
   *     or it was counted when it was first found not to be
   */
  static Map<Metric, Double> of(
      Policy policy, OutcomeRow outcome, List<SnapshotRow> rows, boolean thawProved) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(
        switch (outcome.status()) {
          case SUCCEEDED -> Metric.COMPLETED;
          case FAILED -> Metric.FAILED;
          case SKIPPED -> Metric.SKIPPED;
        },
        1.0);
    outcome
        .consistency()
        .ifPresent(
            consistency ->
                values.put(
                    switch (consistency) {
                      case APPLICATION -> Metric.APPLICATION;
                      case CRASH -> Metric.CRASH;
                      case UNKNOWN -> Metric.UNKNOWN;
                    },
                    1.0));
    if (!thawProved) {
      values.put(Metric.THAW_UNPROVED, 1.0);
    }
    outcome.frozen().ifPresent(frozen -> measureFreeze(policy, frozen, values));
    completion(rows).ifPresent(lag -> values.put(Metric.COMPLETION, seconds(lag)));
    return values;
  }

  private static void measureFreeze(Policy policy, Duration frozen, Map<Metric, Double> values) {
    values.put(Metric.FROZEN, seconds(frozen));
    boolean over =
        policy
            .scripts()
            .map(Scripts::freezeBudget)
            .map(budget -> frozen.compareTo(budget) > 0)
            .orElse(false);
    if (over) {
      values.put(Metric.FROZEN_OVER_BUDGET, 1.0);
    }
  }

  /** Empty unless every snapshot of the set has completed. */
  private static Optional<Duration> completion(List<SnapshotRow> rows) {
    boolean complete =
        rows.stream()
            .allMatch(row -> row.state() == SnapshotState.COMPLETED && row.settledAt().isPresent());
    return complete
        ? rows.stream()
            .map(row -> Duration.between(row.pointInTime(), row.settledAt().orElseThrow()))
            .max(Duration::compareTo)
        : Optional.empty();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
