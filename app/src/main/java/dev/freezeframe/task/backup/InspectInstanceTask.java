package dev.freezeframe.task.backup;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.script.Agents;
import dev.freezeframe.consistency.script.Agents.Agent;
import dev.freezeframe.consistency.script.Documents;
import dev.freezeframe.consistency.script.Script;
import dev.freezeframe.consistency.ssm.SsmAgents;
import dev.freezeframe.consistency.ssm.SsmDocuments;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.inventory.VolumeFacts;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.Stage;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.stop.InstanceBusyException;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds out what there is to back up, and whether the document can run there. */
public final class InspectInstanceTask extends JsonTask<BackupInput, Inspection> {
  /** A stop may take two hours, the start a quarter of an hour, and its agent ten minutes. */
  static final Duration MAX_WAIT = Duration.ofMinutes(150);

  private final Instances instances;
  private final Agents agents;
  private final Documents documents;
  private final Ledger ledger;
  private final Clock clock;

  public InspectInstanceTask() {
    this(new AwsDependencies());
  }

  public InspectInstanceTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.instances = new Ec2Instances(dependencies.ec2());
    this.agents = new SsmAgents(dependencies.ssm());
    this.documents = new SsmDocuments(dependencies.ssm());
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
  }

  @Override
  protected String explain(Inspection inspection) {
    return "%s: %s".formatted(inspection.next(), inspection.reason());
  }

  @Override
  protected Inspection handle(BackupInput order) {
    Policy policy = order.work().policy();
    Instant askedAt = clock.instant();
    Optional<InstanceFacts> facts = instances.find(order.instanceId());
    Optional<RestoreId> restored = restored(order, askedAt);
    if (restored.isPresent()) {
      return Inspection.skip("it is being restored by %s".formatted(restored.get()), facts, policy);
    }
    if (facts.isEmpty()) {
      return Inspection.skip("the instance does not exist any more", facts, policy);
    }
    if (policy.targets().stream().noneMatch(target -> target.matches(facts.get().tags()))) {
      return Inspection.skip("it carries no target tag of the policy (any more)", facts, policy);
    }
    waitWhileBusy(order, facts.get());
    Optional<String> invalid = facts.get().invalid();
    if (invalid.isPresent()) {
      return Inspection.skip(invalid.get(), facts, policy);
    }
    Map<VolumeId, VolumeFacts> attached = instances.volumes(order.instanceId());
    Map<VolumeId, Map<String, String>> tags = new TreeMap<>();
    attached.forEach((volume, known) -> tags.put(volume, known.tags()));
    VolumeSelection selected =
        VolumeSelection.of(facts.get(), tags, policy.volumes()).attached(attached);
    VolumeSelection volumes =
        policy.tagging().copyFromVolume()
            ? selected.copying(tags, SnapshotTags.keysOnCreate(policy.tagging()))
            : selected;
    if (volumes.nothing().isPresent()) {
      return Inspection.skip(volumes.nothing().get(), facts, policy);
    }
    if (volumes.invalid().isPresent()) {
      return Inspection.fail(volumes.invalid().get(), facts.get(), policy);
    }
    ledger.recordInspection(inspected(order, askedAt, facts.get(), volumes, attached));
    if (policy.stop().isPresent() && !facts.get().stopped()) {
      return Inspection.create(
          "the instance is to be stopped for its set", facts.get(), volumes, policy);
    }
    if (policy.scripts().isEmpty() && policy.stop().isEmpty()) {
      return Inspection.create("the policy has no scripts", facts.get(), volumes, policy);
    }
    if (facts.get().stopped()) {
      return Inspection.create("the instance is stopped", facts.get(), volumes, policy);
    }
    return scripted(order, facts.get(), volumes, policy, policy.scripts().get());
  }

  /**
   * What a restore has to know is in what EC2 has answered here, and later nowhere: the instance
   * may be gone when its set is recorded.
   */
  private static InspectedInstance inspected(
      BackupInput order,
      Instant askedAt,
      InstanceFacts facts,
      VolumeSelection selected,
      Map<VolumeId, VolumeFacts> attached) {
    return InspectedInstance.of(
        order.work().runId(),
        order.instanceId(),
        askedAt,
        Optional.of(facts.settings()),
        facts.settings(selected.included(), attached));
  }

  /**
   * Has the state machine look again where the instance is on its way, or stopped for another
   * backup, which starts it soon: what is begun now would lose it.
   *
   * @throws InstanceBusyException unless it has waited for so long that it takes what there is
   */
  private void waitWhileBusy(BackupInput order, InstanceFacts facts) {
    Instant now = clock.instant();
    if (!mayWait(order, now)) {
      return;
    }
    if (facts.onItsWay()) {
      throw new InstanceBusyException("the instance is %s".formatted(facts.state()));
    }
    if (facts.stopped()) {
      HeldSlots.ofOthers(ledger, order, now).stream()
          .findFirst()
          .ifPresent(
              other -> {
                throw new InstanceBusyException(
                    "the instance is stopped, and another backup of it is under way: %s"
                        .formatted(other.execution()));
              });
    }
  }

  private static boolean mayWait(BackupInput order, Instant now) {
    Duration most = order.work().policy().completion().giveUpAfter();
    return order
        .enteredAt()
        .map(entered -> Duration.between(entered, now))
        .filter(waited -> waited.compareTo(MAX_WAIT) < 0 && waited.compareTo(most) < 0)
        .isPresent();
  }

  /**
   * Has the state machine look again where the instance was started a moment ago, by hand or after
   * a stop: its agent comes later than {@code running}.
   *
   * @param found how the agent is, which is not online
   * @throws InstanceBusyException unless there has been time enough for it
   */
  private void waitForAgent(BackupInput order, InstanceFacts facts, String found) {
    Instant now = clock.instant();
    facts
        .launchedAt()
        .filter(at -> now.isBefore(at.plus(Agents.BACK_WITHIN)) && mayWait(order, now))
        .ifPresent(
            at -> {
              throw new InstanceBusyException(
                  "the instance was started at %s, and its SSM agent is not online yet (%s)"
                      .formatted(at, found));
            });
  }

  /** Asked again once a set has its slots: a restore looks for slots after its lease. */
  private Optional<RestoreId> restored(BackupInput order, Instant now) {
    return order
        .work()
        .slots()
        .map(TaskResult::answer)
        .filter(BackupState.Slots::inspectAgain)
        .flatMap(again -> ledger.instanceLease(order.instanceId(), now));
  }

  private Inspection scripted(
      BackupInput order,
      InstanceFacts facts,
      VolumeSelection volumes,
      Policy policy,
      Scripts scripts) {
    Optional<Agent> agent = agents.find(order.instanceId());
    if (agent.isEmpty() || !agent.get().online()) {
      String found = agent.map(Agent::ping).orElse("never registered");
      waitForAgent(order, facts, found);
      return Inspection.fallBack(
          "the SSM agent is not online (%s)".formatted(found), facts, volumes, policy);
    }
    Documents.Inspected document =
        documents.inspect(scripts.document(), agent.get().platform(), wanted(scripts));
    if (document.pin().isEmpty()) {
      return Inspection.fallBack(document.words(), facts, volumes, policy);
    }
    return Inspection.scripted(document, scripts, facts, volumes, policy);
  }

  private static Set<Script> wanted(Scripts scripts) {
    Set<Script> wanted = EnumSet.noneOf(Script.class);
    scripts
        .stages()
        .forEach(stage -> wanted.add(stage == Stage.PRE ? Script.PRE_SCRIPT : Script.POST_SCRIPT));
    return wanted;
  }
}
