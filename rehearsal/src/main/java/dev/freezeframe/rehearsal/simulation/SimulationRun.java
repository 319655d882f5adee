package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultPlan;
import dev.freezeframe.rehearsal.run.CloudSettings;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.invariant.Invariants;
import dev.freezeframe.task.trigger.DeployedSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Plays simulations, and checks every invariant on them. */
public final class SimulationRun {
  /** Whatever is still to happen so long after the simulation never ends. */
  private static final Duration MAX_DURATION = Duration.ofDays(12);

  /** In the calm every instance is drilled once more. */
  private static final Duration DRILLED = Duration.ofDays(2);

  private final Path stateMachines;
  private final Mutation mutation;

  /**
   * Plays simulations on a deployment.
   *
   * @param stateMachines the folder of the state machine files
   */
  public SimulationRun(Path stateMachines, Mutation mutation) {
    this.stateMachines = stateMachines;
    this.mutation = mutation;
  }

  /** Plays a simulation to its end. */
  public SimulationResult play(Simulation simulation) {
    return play(
        simulation,
        !simulation.usesTable(),
        end ->
            new SimulationResult(
                simulation, end.cloud().backups().size(), end.met(), Invariants.check(end)));
  }

  /**
   * Plays a simulation to its end, and looks at what is left.
   *
   * @param look gets what is left
   */
  <T> T play(Simulation simulation, boolean ledgerInMemory, Function<FinalState, T> look) {
    List<Policy> policies = simulation.readPolicies();
    ManualActions trail = new ManualActions();
    Holder holder = new Holder();
    CloudSettings settings =
        new CloudSettings(
                simulation.seed(),
                Simulation.START,
                simulation.fleet().fleet(),
                documents(simulation),
                time -> {
                  holder.plan =
                      new FaultPlan(faults(simulation), new Seed(simulation.seed()), time, trail);
                  holder.watch = new Observer(simulation, policies, trail);
                  return holder.plan.faults().withCalls(holder.plan.and(holder.watch));
                },
                simulation.quotas().pendingSnapshots())
            .with(simulation.quotas().capacity())
            .withLedgerInMemory(ledgerInMemory);
    try (EmbeddedCloud cloud = new EmbeddedCloud(settings, stateMachines, mutation)) {
      holder.watch.at(cloud);
      simulation
          .fleet()
          .swap()
          .forEach((instance, volume) -> cloud.ssm().guest(instance).swapsTo(volume));
      policies.forEach(policy -> cloud.schedule(policy, simulation.firings(policy)));
      Instant last = simulation.calm().plus(Duration.ofDays(Simulation.RETENTION_DAYS_OF_CALM));
      cloud.schedule(DeployedSchedule.expiry(true), last);
      if (policies.stream().anyMatch(policy -> policy.stop().isPresent())) {
        cloud.schedule(DeployedSchedule.startStopped(policies), last);
      }
      for (Policy policy : policies) {
        policy
            .drill()
            .ifPresent(
                drill ->
                    cloud.scheduleDrills(policy.name(), drill, simulation.settled().plus(DRILLED)));
      }
      if (policies.stream().anyMatch(policy -> policy.drill().isPresent())) {
        cloud.sweepDrills(last);
      }
      cloud.beginManualFaults();
      Runbook.follow(cloud, simulation.settled());
      Instant end = simulation.calm().plus(MAX_DURATION);
      boolean going = true;
      while (going && cloud.time().instant().isBefore(end)) {
        going = cloud.time().next(end);
      }
      return look.apply(
          new FinalState(simulation, policies, cloud, trail, holder.watch, holder.plan));
    }
  }

  /** Whatever a file of faults says, the calm is one. */
  private static List<Fault> faults(Simulation simulation) {
    return simulation.faults().stream().map(fault -> fault.endingBy(simulation.calm())).toList();
  }

  private static Map<String, String> documents(Simulation simulation) {
    Map<String, String> documents = new TreeMap<>(SsmDocument.allDeployed());
    documents.putAll(simulation.documents());
    return documents;
  }

  /** What is made with the clock, which is made with the cloud. */
  private static final class Holder {
    private FaultPlan plan;
    private Observer watch;
  }
}
