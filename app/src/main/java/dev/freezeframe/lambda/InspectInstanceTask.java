package dev.freezeframe.lambda;

import dev.freezeframe.consistency.Agents;
import dev.freezeframe.consistency.Agents.Agent;
import dev.freezeframe.consistency.Documents;
import dev.freezeframe.consistency.Script;
import dev.freezeframe.consistency.SsmAgents;
import dev.freezeframe.consistency.SsmDocuments;
import dev.freezeframe.lambda.Inspection.Next;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.Stage;
import dev.freezeframe.retention.Lifetime;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.target.Ec2Instances;
import dev.freezeframe.target.InstanceFacts;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.Instances;
import dev.freezeframe.target.VolumeFacts;
import dev.freezeframe.target.VolumeId;
import dev.freezeframe.target.VolumeSelection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Finds out what there is to back up, and whether the document can run there. */
public final class InspectInstanceTask extends JsonTask<InstanceOrder, Inspection> {
  private final Instances instances;
  private final Agents agents;
  private final Documents documents;

  public InspectInstanceTask() {
    this(new AwsSurroundings());
  }

  InspectInstanceTask(Surroundings surroundings) {
    super(InstanceOrder.class);
    this.instances = new Ec2Instances(surroundings.ec2());
    this.agents = new SsmAgents(surroundings.ssm());
    this.documents = new SsmDocuments(surroundings.ssm());
  }

  @Override
  protected String explain(Inspection inspection) {
    return "%s: %s".formatted(inspection.next(), inspection.reason());
  }

  @Override
  protected Inspection handle(InstanceOrder order) {
    Policy policy = order.work().policy();
    Optional<InstanceFacts> facts = instances.find(order.instanceId());
    if (facts.isEmpty()) {
      return without(Next.SKIP, "the instance does not exist any more", Optional.empty(), policy);
    }
    if (policy.targets().stream().noneMatch(target -> target.matches(facts.get().tags()))) {
      return without(
          Next.SKIP, "it carries no tag that the policy targets (any more)", facts, policy);
    }
    Optional<String> unfit = facts.get().unfit();
    if (unfit.isPresent()) {
      return without(Next.SKIP, unfit.get(), facts, policy);
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
    if (volumes.unfit().isPresent()) {
      return without(Next.FAIL, volumes.unfit().get(), facts, policy);
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
