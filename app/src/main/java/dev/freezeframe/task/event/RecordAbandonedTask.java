package dev.freezeframe.task.event;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.OutcomeRow;
import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.retention.rule.Lifetime;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.backup.OrphanedSets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts on record what an execution of {@code snapshot-instance} took that was aborted, timed out or
 * failed, and that it failed.
 */
public final class RecordAbandonedTask extends EndedBackupTask<List<String>> {
  private final Ledger ledger;
  private final Ec2Snapshots live;
  private final OrphanedSets lost;
  private final Instances instances;
  private final Clock clock;

  public RecordAbandonedTask() {
    this(new AwsDependencies());
  }

  public RecordAbandonedTask(TaskDependencies dependencies) {
    this.instances = new Ec2Instances(dependencies.ec2());
    this.ledger = dependencies.ledger();
    this.live = new Ec2SnapshotsAdapter(dependencies.ec2());
    this.lost = new OrphanedSets(ledger, dependencies.clock());
    this.clock = dependencies.clock();
  }

  @Override
  protected List<String> leftAlone(String why) {
    return List.of("left alone: " + why);
  }

  /** An outcome that came meanwhile, by a redrive, stands. */
  @Override
  List<String> handle(EndedBackup ended) {
    List<FreezeRow> freezes = ledger.freezes(ended.run(), ended.instance());
    List<SnapshotSet> taken =
        live.sets(ended.run(), ended.instance()).stream()
            .filter(
                set -> freezes.stream().noneMatch(freeze -> isOfALaterRedrive(ended, freeze, set)))
            .toList();
    String reason = ended.reason();
    ended
        .policy()
        .ifPresent(
            policy ->
                lost.record(
                    taken,
                    ended.instance(),
                    policy,
                    ended.run(),
                    ended.execution(),
                    reason,
                    () -> lifetime(ended.instance(), policy)));
    if (ended.outcome(ledger).isEmpty()) {
      ledger.recordOutcome(outcome(ended, taken, freezes, reason));
    }
    return List.of("%d snapshot sets on record; %s".formatted(taken.size(), reason));
  }

  private static boolean isOfALaterRedrive(EndedBackup ended, FreezeRow freeze, SnapshotSet set) {
    return freeze.attempt().equals(set.id())
        && freeze.execution().equals(ended.execution())
        && freeze.redrives() > ended.redrives();
  }

  private Lifetime lifetime(InstanceId instance, Policy policy) {
    Map<String, String> tags = instances.find(instance).map(InstanceFacts::tags).orElse(Map.of());
    return Lifetime.of(policy.retention(), tags);
  }

  private OutcomeRow outcome(
      EndedBackup ended, List<SnapshotSet> taken, List<FreezeRow> freezes, String reason) {
    return new OutcomeRow(
        ended.run(),
        ended.instance(),
        ended.execution(),
        Status.FAILED,
        taken.isEmpty() ? Optional.empty() : Optional.of(Consistency.UNKNOWN),
        Optional.empty(),
        reason,
        taken.stream().map(SnapshotSet::id).reduce((first, second) -> second),
        Optional.empty(),
        Optional.empty(),
        freezes.size(),
        Optional.empty(),
        taken.stream().flatMap(set -> set.snapshots().stream()).toList(),
        clock.instant());
  }
}
