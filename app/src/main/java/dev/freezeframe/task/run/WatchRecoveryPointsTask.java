package dev.freezeframe.task.run;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.RecoveryPoints;
import dev.freezeframe.ledger.RecoveryPoints.Watch;
import dev.freezeframe.metric.DueRecoveryPoint;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.schedule.Schedule;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether each policy has the recovery point that it should have by now: what stops in
 * silence puts no event, fails no run, and is seen by nobody else.
 */
public final class WatchRecoveryPointsTask
    extends JsonTask<WatchRecoveryPointsTask.Order, List<String>> {
  /**
   * After a longer gap nobody was looking: the policy was paused, and nothing is held against it.
   */
  private static final Duration GAP = Duration.ofHours(6);

  private final RecoveryPoints ledger;
  private final Clock clock;
  private final Measurements measurements;

  public WatchRecoveryPointsTask() {
    this(new AwsDependencies());
  }

  public WatchRecoveryPointsTask(TaskDependencies dependencies) {
    super(Order.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.measurements = dependencies.measurements();
  }

  @Override
  protected List<String> handle(Order order) {
    List<String> words = new ArrayList<>();
    for (Watched policy : order.policies()) {
      words.add(watch(policy, order.grace(), clock.instant()));
    }
    return words;
  }

  private String watch(Watched policy, Duration grace, Instant now) {
    Instant since = since(policy, now);
    Optional<Instant> newest = ledger.newestRecoveryPoint(policy.name());
    Optional<Instant> due =
        DueRecoveryPoint.of(policy.schedule(), now, grace)
            .filter(instant -> instant.isAfter(since));
    boolean overdue =
        due.isPresent() && newest.map(point -> point.isBefore(due.get())).orElse(true);
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.RECOVERY_POINT_OVERDUE, overdue ? 1.0 : 0.0);
    newest.ifPresent(
        point ->
            values.put(
                Metric.RECOVERY_POINT_AGE, (double) Duration.between(point, now).toSeconds()));
    measurements.record(policy.name(), values);
    ledger.recordWatch(policy.name(), new Watch(since, now));
    return "%s: the newest recovery point is of %s%s"
        .formatted(
            policy.name(),
            newest.map(Instant::toString).orElse("never"),
            overdue ? ", and one was due at %s".formatted(due.get()) : "");
  }

  private Instant since(Watched policy, Instant now) {
    return ledger
        .lastWatch(policy.name())
        .filter(last -> Duration.between(last.at(), now).compareTo(GAP) < 0)
        .map(Watch::since)
        .orElse(now);
  }

  /**
   * The input: the policies to watch.
   *
   * @param grace what a backup may take, from its firing until its snapshots are complete
   */
  record Order(List<Watched> policies, Duration grace) {}

  /** The fields of a policy that say when a recovery point is due; others may be there. */
  record Watched(PolicyName name, Schedule schedule) {
    Watched {
      schedule.checkTimes();
    }
  }
}
