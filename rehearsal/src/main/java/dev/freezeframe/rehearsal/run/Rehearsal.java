package dev.freezeframe.rehearsal.run;

import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.operator.doctor.aws.fleet.RestoreCheck;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.operator.evidence.Evidence;
import dev.freezeframe.operator.evidence.EvidenceReader;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.policy.schedule.FiringTimes;
import dev.freezeframe.rehearsal.cloud.FunctionDied;
import dev.freezeframe.rehearsal.drill.DrillReport;
import dev.freezeframe.rehearsal.drill.Drills;
import dev.freezeframe.rehearsal.restore.RestoreOrder;
import dev.freezeframe.rehearsal.restore.Restores;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.retention.RetainedSet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Fires a policy in an embedded cloud as often as it falls due, and waits until all is settled. */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * When a policy fires.
   *
   * @param days how long from the start; 0: once, when it next falls due
   * @throws IllegalArgumentException if it does not fire at all
   */
  public static List<Instant> firings(Policy policy, Instant start, int days) {
    if (days == 0) {
      return FiringTimes.next(policy.schedule(), start, start).map(List::of).orElse(List.of());
    }
    return FiringTimes.between(
        policy.schedule(), start.minusMillis(1), start.plus(Duration.ofDays(days)), start);
  }

  /**
   * Rehearses.
   *
   * @param firings of the policy
   * @param days for how long from the start the schedules fire that a deployment has besides; 0:
   *     functions are woken until the last firing, and nothing else
   * @param stateMachines the folder of the state machine files
   * @param order what is restored once nothing else is left to happen
   * @param progress is told how far it is, often
   */
  public static Result rehearse(
      Policy policy,
      List<Instant> firings,
      int days,
      CloudSettings settings,
      Path stateMachines,
      Optional<RestoreOrder> order,
      Consumer<Progress> progress) {
    try (EmbeddedCloud cloud = new EmbeddedCloud(settings, stateMachines)) {
      cloud.schedule(policy, firings);
      cloud.scheduleTheRest(policy, firings.get(firings.size() - 1), days);
      cloud.beginManualFaults();
      settle(cloud, progress);
      RestoreRehearsal restores = new RestoreRehearsal(cloud);
      order.ifPresent(restores::begin);
      settle(cloud, progress);
      return result(cloud, settings, policy, firings, order.map(any -> restores.result()));
    }
  }

  private static void settle(EmbeddedCloud cloud, Consumer<Progress> progress) {
    while (cloud.time().next(Instant.MAX)) {
      progress.accept(new Progress(cloud));
    }
  }

  static Result result(
      EmbeddedCloud cloud, CloudSettings settings, Policy policy, List<Instant> firings) {
    return result(cloud, settings, policy, firings, Optional.empty());
  }

  private static Result result(
      EmbeddedCloud cloud,
      CloudSettings settings,
      Policy policy,
      List<Instant> firings,
      Optional<Restores> restores) {
    List<Firing> done = new ArrayList<>();
    List<Map<String, Object>> items = cloud.ledgerItems();
    List<RetainedSet> kept = RetainedSet.all(cloud.ledger(), cloud.time().instant());
    firings.forEach(at -> done.add(cloud.firing(policy, at)));
    return new Result(
        settings.seed(),
        policy,
        settings.fleet(),
        done,
        cloud.time().instant(),
        new TreeMap<>(cloud.api().counts()),
        cloud.functions().invocations(),
        List.copyOf(cloud.api().calls()),
        cloud.ssm().guests(),
        cloud.ec2().downtimes(),
        cloud.ec2().leftStopped(),
        items,
        cloud.ec2().snapshots(),
        cloud.ledgerSnapshots(items),
        kept,
        cloud.expiries(),
        new Result.Concurrency(
            settings.capacity().concurrency(),
            cloud.functions().mostAtOnce(),
            cloud.functions().throttled()),
        cloud
            .ssm()
            .assumed(policy.scripts().map(Scripts::document).map(List::of).orElse(List.of())),
        risks(cloud, kept),
        drills(cloud, settings.start()),
        restores);
  }

  private static Drills drills(EmbeddedCloud cloud, Instant start) {
    Map<String, Execution> executions = new TreeMap<>();
    cloud.drills().forEach(execution -> executions.put(execution.name(), execution));
    List<DrillReport> reports =
        cloud.ledger().drills(Instant.EPOCH).stream()
            .sorted(Comparator.comparing(DrillRow::startedAt).thenComparing(DrillRow::id))
            .map(
                row ->
                    new DrillReport(
                        row,
                        Optional.ofNullable(executions.get(row.id().value()))
                            .map(Execution::stateNames)
                            .orElse(List.of())))
            .toList();
    return new Drills(
        reports,
        cloud.ec2().tagged(DrillTags.DRILL),
        reports.isEmpty() ? Optional.empty() : Optional.of(evidence(cloud, start)));
  }

  private static Evidence evidence(EmbeddedCloud cloud, Instant start) {
    Instant end = cloud.time().instant();
    return new EvidenceReader(
            cloud.ledger(),
            "a rehearsal, in which the cloud is simulated and which proves nothing of real backups,",
            end,
            any -> {})
        .read(LocalDate.ofInstant(start, ZoneOffset.UTC), LocalDate.ofInstant(end, ZoneOffset.UTC));
  }

  /** Asked as the report of a deployment asks, when all calls of the rehearsal are counted. */
  private static RestoreRisks risks(EmbeddedCloud cloud, List<RetainedSet> kept) {
    List<RestoreFacts> facts = cloud.ledger().facts(kept.stream().map(RetainedSet::set).toList());
    AtomicReference<RestoreRisks> answer = new AtomicReference<>(RestoreRisks.NONE);
    cloud.time().start("restore risks", () -> answer.set(ask(cloud, facts)));
    cloud.time().run();
    return answer.get();
  }

  private static RestoreRisks ask(EmbeddedCloud cloud, List<RestoreFacts> facts) {
    try (Ec2Client ec2 = cloud.ec2().client(EmbeddedDependencies.SDK_ATTEMPTS)) {
      return RestoreCheck.ask(facts, ec2, cloud.kms());
    } catch (FunctionDied died) {
      return new RestoreRisks(
          List.of(), List.of("What a restore needs is not known: " + died.getMessage()));
    }
  }
}
