package dev.freezeframe.task.backup;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics of a backup that has ended; its freezes were measured as they ended. */
final class OutcomeMetrics {
  private OutcomeMetrics() {}

  /**
   * Measures.
   *
   * @param rows of its set; empty if none
   * @param thawProved whether every attempt that may have frozen the guest is known to be thawed,
   *     or it was counted when it was first found not to be
   */
  static Map<Metric, Double> of(OutcomeRow outcome, List<SnapshotRow> rows, boolean thawProved) {
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
    completion(rows).ifPresent(lag -> values.put(Metric.COMPLETION, lag.toMillis() / 1000.0));
    return values;
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
}
