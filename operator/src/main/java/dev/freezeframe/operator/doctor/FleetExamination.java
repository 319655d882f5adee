package dev.freezeframe.operator.doctor;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.script.Agents.Agent;
import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.aws.SsmParameters;
import dev.freezeframe.operator.doctor.aws.fleet.Ec2DryRuns;
import dev.freezeframe.operator.doctor.aws.fleet.Ec2Fleet;
import dev.freezeframe.operator.doctor.aws.fleet.Ec2Fleet.Snapshots;
import dev.freezeframe.operator.doctor.aws.fleet.Ec2Launches;
import dev.freezeframe.operator.doctor.aws.fleet.KmsKeys;
import dev.freezeframe.operator.doctor.aws.fleet.ServiceQuotas;
import dev.freezeframe.operator.doctor.aws.fleet.SsmDocumentFacts;
import dev.freezeframe.operator.doctor.aws.fleet.SsmFleet;
import dev.freezeframe.operator.doctor.aws.stack.CloudWatchAlarms;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.fleet.AgentsCheck;
import dev.freezeframe.operator.doctor.check.fleet.DocumentCheck;
import dev.freezeframe.operator.doctor.check.fleet.DrillCheck;
import dev.freezeframe.operator.doctor.check.fleet.DryRunCheck;
import dev.freezeframe.operator.doctor.check.fleet.FleetInstance;
import dev.freezeframe.operator.doctor.check.fleet.KeysCheck;
import dev.freezeframe.operator.doctor.check.fleet.Quota;
import dev.freezeframe.operator.doctor.check.fleet.QuotasCheck;
import dev.freezeframe.operator.doctor.check.fleet.QuotasCheck.Need;
import dev.freezeframe.operator.doctor.check.fleet.StopAlarmsCheck;
import dev.freezeframe.operator.doctor.check.fleet.StopsCheck;
import dev.freezeframe.operator.doctor.check.fleet.TargetsCheck;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack.Resource;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the policies meet in the account: instances, agents, keys, documents, quotas, refusals. */
final class FleetExamination {
  private final Clients clients;
  private final List<Policy> policies;
  private final Optional<Set<String>> documents;
  private final Consumer<String> progress;
  private final Map<String, Asked<Optional<String>>> keys = new HashMap<>();

  FleetExamination(
      Clients clients,
      List<Policy> policies,
      Optional<DeployedStack> stack,
      Consumer<String> progress) {
    this.clients = clients;
    this.policies = policies;
    this.documents =
        stack.map(
            found ->
                found.of("AWS::SSM::Document").stream()
                    .map(Resource::physicalId)
                    .collect(Collectors.toSet()));
    this.progress = progress;
  }

  List<Finding> findings() {
    Ec2Fleet ec2 = new Ec2Fleet(clients.ec2());
    Map<Policy, Asked<List<FleetInstance>>> fleets = new LinkedHashMap<>();
    for (Policy policy : policies) {
      progress.accept("the targets of " + policy.name());
      fleets.put(policy, ec2.matched(policy.targets()));
    }
    List<Finding> findings = new ArrayList<>(quotas(fleets, ec2));
    fleets.forEach((policy, fleet) -> findings.addAll(ofPolicy(policy, fleet, ec2)));
    findings.addAll(dryRuns(fleets, ec2));
    return findings;
  }

  private List<Finding> quotas(Map<Policy, Asked<List<FleetInstance>>> fleets, Ec2Fleet ec2) {
    progress.accept("the quotas");
    Asked<Need> most =
        each(fleets)
            .map(
                known ->
                    known.entrySet().stream()
                        .map(entry -> TargetsCheck.need(entry.getKey(), entry.getValue()))
                        .reduce(new Need(0, 0), Need::most));
    ServiceQuotas quotas = new ServiceQuotas(clients.serviceQuotas());
    Asked<Snapshots> snapshots = ec2.snapshots();
    return List.of(
        QuotasCheck.pending(
            quotas.value(Quota.PENDING_SNAPSHOTS), snapshots.map(Snapshots::pending), most),
        QuotasCheck.snapshots(quotas.value(Quota.SNAPSHOTS), snapshots.map(Snapshots::there), most),
        QuotasCheck.concurrency(quotas.value(Quota.CONCURRENCY), most));
  }

  private List<Finding> ofPolicy(Policy policy, Asked<List<FleetInstance>> asked, Ec2Fleet ec2) {
    progress.accept("what " + policy.name() + " meets");
    List<Finding> findings = new ArrayList<>();
    findings.add(TargetsCheck.of(policy, asked));
    List<FleetInstance> fleet = asked.value().orElse(List.of());
    Asked<Map<InstanceId, Agent>> agents =
        new SsmFleet(clients.ssm())
            .agents(fleet.stream().map(instance -> instance.facts().id()).toList());
    if (policy.scripts().isPresent()) {
      if (!fleet.isEmpty()) {
        findings.add(AgentsCheck.of(policy, fleet, agents));
      }
      findings.add(document(policy, policy.scripts().get(), agents));
    }
    if (policy.stop().isPresent() && !fleet.isEmpty()) {
      findings.add(StopsCheck.of(policy, fleet, ec2.stoppable(StopsCheck.asked(fleet))));
    }
    List<String> alarms = StopAlarmsCheck.named(policy);
    if (!alarms.isEmpty()) {
      findings.add(
          StopAlarmsCheck.of(policy, new CloudWatchAlarms(clients.cloudWatch()).states(alarms)));
    }
    policy.drill().ifPresent(drill -> findings.add(drills(policy, drill)));
    if (!fleet.isEmpty()) {
      KmsKeys kms = new KmsKeys(clients.kms());
      KeysCheck.keys(fleet).keySet().forEach(key -> keys.computeIfAbsent(key, kms::state));
      findings.add(KeysCheck.of(policy, fleet, keys));
    }
    return findings;
  }

  private Finding document(Policy policy, Scripts scripts, Asked<Map<InstanceId, Agent>> agents) {
    Set<String> platforms =
        agents.value().orElse(Map.of()).values().stream()
            .map(Agent::platform)
            .collect(Collectors.toSet());
    return DocumentCheck.of(
        policy,
        scripts.document(),
        new SsmDocumentFacts(clients.ssm()).find(scripts.document()),
        platforms,
        documents);
  }

  private Finding drills(Policy policy, Drill drill) {
    Ec2Launches launches = new Ec2Launches(clients.ec2());
    Asked<Optional<String>> parameter =
        DrillCheck.parameter(drill)
            .map(new SsmParameters(clients.ssm())::value)
            .orElse(Asked.answer("ssm:GetParameter", Optional.empty()));
    Optional<String> image =
        DrillCheck.image(drill).or(() -> parameter.value().flatMap(named -> named));
    return DrillCheck.of(
        policy,
        drill,
        new DrillCheck.Answers(
            new SsmDocumentFacts(clients.ssm()).find(drill.document()),
            launches.offerings(drill.host().instanceType().stream().toList()),
            launches.places(drill.host().subnets()),
            launches.vpcs(drill.host().securityGroups()),
            parameter,
            launches.images(image.stream().toList())),
        documents.isPresent());
  }

  private List<Finding> dryRuns(Map<Policy, Asked<List<FleetInstance>>> fleets, Ec2Fleet ec2) {
    progress.accept("dry runs");
    Ec2DryRuns dryRuns = new Ec2DryRuns(clients.ec2());
    Asked<Optional<InstanceId>> instance = first(fleets, policy -> true);
    Asked<Optional<String>> ours = ec2.oneOfOurs();
    String none = "snapshot of ours yet";
    List<Finding> findings = new ArrayList<>();
    findings.add(
        DryRunCheck.of(
            dryRuns.createSnapshots(instance), "CreateSnapshots", "instance of a policy"));
    findings.add(DryRunCheck.of(dryRuns.createTags(ours), "CreateTags", none));
    findings.add(DryRunCheck.of(dryRuns.deleteSnapshot(ours), "DeleteSnapshot", none));
    if (policies.stream().anyMatch(policy -> policy.stop().isPresent())) {
      String stopped = "instance of a policy that stops";
      Asked<Optional<InstanceId>> stops = first(fleets, policy -> policy.stop().isPresent());
      findings.add(DryRunCheck.of(dryRuns.stopInstances(stops), "StopInstances", stopped));
      findings.add(DryRunCheck.of(dryRuns.startInstances(stops), "StartInstances", stopped));
    }
    return findings;
  }

  /** Some instance of some policies of which a set can be taken; empty if none. */
  private static Asked<Optional<InstanceId>> first(
      Map<Policy, Asked<List<FleetInstance>>> fleets, Predicate<Policy> which) {
    return each(fleets)
        .map(
            known ->
                known.entrySet().stream()
                    .filter(entry -> which.test(entry.getKey()))
                    .flatMap(
                        entry ->
                            entry.getValue().stream()
                                .filter(one -> one.invalid(entry.getKey().volumes()).isEmpty()))
                    .map(one -> one.facts().id())
                    .findFirst());
  }

  /** All of them, if each is known; else why one is not. */
  private static Asked<Map<Policy, List<FleetInstance>>> each(
      Map<Policy, Asked<List<FleetInstance>>> fleets) {
    Map<Policy, List<FleetInstance>> known = new LinkedHashMap<>();
    for (Map.Entry<Policy, Asked<List<FleetInstance>>> fleet : fleets.entrySet()) {
      if (fleet.getValue().value().isEmpty()) {
        return fleet.getValue().map(none -> known);
      }
      known.put(fleet.getKey(), fleet.getValue().value().get());
    }
    return Asked.answer("ec2:DescribeInstances", known);
  }
}
