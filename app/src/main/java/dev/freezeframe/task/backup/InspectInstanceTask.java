package dev.freezeframe.task.backup;

import dev.freezeframe.common.InstanceId;
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
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.Stage;
import dev.freezeframe.retention.rule.Lifetime;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.backup.Inspection.Next;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Finds out what there is to back up, and whether the document can run there. */
public final class InspectInstanceTask extends JsonTask<BackupInput, Inspection> {
  private final Instances instances;
  private final Agents agents;
  private final Documents documents;

  public InspectInstanceTask() {
    this(new AwsDependencies());
  }

  public InspectInstanceTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.instances = new Ec2Instances(dependencies.ec2());
    this.agents = new SsmAgents(dependencies.ssm());
    this.documents = new SsmDocuments(dependencies.ssm());
  }

  @Override
  protected String explain(Inspection inspection) {
    return "%s: %s".formatted(inspection.next(), inspection.reason());
  }

  @Override
  protected Inspection handle(BackupInput order) {
    Policy policy = order.work().policy();
    Optional<InstanceFacts> facts = instances.find(order.instanceId());
    if (facts.isEmpty()) {
      return without(Next.SKIP, "the instance does not exist any more", Optional.empty(), policy);
    }
    if (policy.targets().stream().noneMatch(target -> target.matches(facts.get().tags()))) {
      return without(Next.SKIP, "it carries no target tag of the policy (any more)", facts, policy);
    }
    Optional<String> invalid = facts.get().invalid();
    if (invalid.isPresent()) {
      return without(Next.SKIP, invalid.get(), facts, policy);
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
      return without(Next.SKIP, volumes.nothing().get(), facts, policy);
    }
    if (volumes.invalid().isPresent()) {
      return without(Next.FAIL, volumes.invalid().get(), facts, policy);
    }
    if (policy.scripts().isEmpty()) {
      return with(Next.CREATE, "the policy has no scripts", facts.get(), volumes, policy);
    }
    if (facts.get().stopped()) {
      return with(Next.CREATE, "the instance is stopped", facts.get(), volumes, policy);
    }
    return scripted(order.instanceId(), facts.get(), volumes, policy, policy.scripts().get());
  }

  private Inspection scripted(
      InstanceId instance,
      InstanceFacts facts,
      VolumeSelection volumes,
      Policy policy,
      Scripts scripts) {
    Optional<Agent> agent = agents.find(instance);
    if (agent.isEmpty() || !agent.get().online()) {
      String found = agent.map(Agent::ping).orElse("never registered");
      return with(
          Next.FALL_BACK,
          "the SSM agent is not online (%s)".formatted(found),
          facts,
          volumes,
          policy);
    }
    Documents.Inspected document =
        documents.inspect(scripts.document(), agent.get().platform(), wanted(scripts));
    if (document.pin().isEmpty()) {
      return with(Next.FALL_BACK, document.words(), facts, volumes, policy);
    }
    return new Inspection(
        Next.DRY_RUN,
        "the agent is online and " + document.words(),
        scripts.stages().contains(Stage.PRE),
        scripts.stages().contains(Stage.POST),
        scripts.retries(),
        scripts.fallBackToCrashConsistent(),
        document.pin(),
        Optional.of(volumes),
        false,
        facts.launchedAt(),
        Lifetime.of(policy.retention(), facts.tags()),
        Optional.of(document.leftOut()));
  }

  private static Set<Script> wanted(Scripts scripts) {
    Set<Script> wanted = EnumSet.noneOf(Script.class);
    scripts
        .stages()
        .forEach(stage -> wanted.add(stage == Stage.PRE ? Script.PRE_SCRIPT : Script.POST_SCRIPT));
    return wanted;
  }

  private static Inspection with(
      Next next, String reason, InstanceFacts facts, VolumeSelection volumes, Policy policy) {
    return new Inspection(
        next,
        reason,
        false,
        false,
        0,
        policy.scripts().map(Scripts::fallBackToCrashConsistent).orElse(true),
        Optional.empty(),
        Optional.of(volumes),
        facts.stopped(),
        facts.launchedAt(),
        Lifetime.of(policy.retention(), facts.tags()),
        Optional.empty());
  }

  private static Inspection without(
      Next next, String reason, Optional<InstanceFacts> facts, Policy policy) {
    return new Inspection(
        next,
        reason,
        false,
        false,
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        facts
            .map(known -> Lifetime.of(policy.retention(), known.tags()))
            .orElseGet(() -> new Lifetime(OptionalInt.empty(), "nothing is taken")),
        Optional.empty());
  }
}
