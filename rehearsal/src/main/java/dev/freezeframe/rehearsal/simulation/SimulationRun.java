package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.run.CloudSettings;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.invariant.Invariants;
import dev.freezeframe.rehearsal.simulation.invariant.Violation;
import dev.freezeframe.task.DeployedSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plays simulations, and checks every invariant on them. */
public final class SimulationRun {
  /** Whatever is still to happen so long after the simulation never ends. */
  private static final Duration MAX_DURATION = Duration.ofDays(12);

  private static final String FOREIGN =
      """
      schemaVersion: "2.2"
      description: A document of others that freezes and has no timer
      parameters:
        executionId: {type: String, default: None, allowedPattern: "^(None|[a-fA-F0-9-]{36})$"}
        command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
      mainSteps:
        - action: aws:runShellScript
          name: run_script
          precondition: {StringEquals: [platformType, Linux]}
          inputs:
            runCommand: ["fsfreeze -f /data"]
      """;

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
    List<Policy> policies = simulation.readPolicies();
    ManualActions trail = new ManualActions();
    Holder holder = new Holder();
    CloudSettings settings =
        new CloudSettings(
                simulation.seed(),
                Simulation.START,
                SimulatedInstance.fleet(simulation.machines()),
                documents(),
                time -> {
                  holder.injector = new FaultInjector(simulation, time);
                  holder.watch = new Observer(simulation, policies, holder.injector, trail);
                  return new SimulatedFaults(holder.injector)
                      .faults(simulation, time, holder.watch);
                },
                simulation.pendingLimit())
            .with(simulation.capacity());
    try (EmbeddedCloud cloud = new EmbeddedCloud(settings, stateMachines, mutation)) {
      holder.watch.at(cloud);
      simulation
          .machines()
          .forEach(
              machine ->
                  machine
                      .swapVolume()
                      .ifPresent(
                          volume -> cloud.ssm().guest(machine.instanceId()).swapsTo(volume)));
      policies.forEach(policy -> cloud.schedule(policy, simulation.firings(policy)));
      cloud.schedule(
          DeployedSchedule.expiry(true),
          simulation.calm().plus(Duration.ofDays(Simulation.RETENTION_DAYS_OF_CALM)));
      new OperatorActions(cloud, simulation, holder.injector, trail).schedule();
      Instant end = simulation.calm().plus(MAX_DURATION);
      boolean going = true;
      while (going && cloud.time().instant().isBefore(end)) {
        going = cloud.time().next();
      }
      List<Violation> violations =
          Invariants.check(new FinalState(simulation, policies, cloud, trail, holder.watch));
      return new SimulationResult(
          simulation, cloud.backups().size(), holder.injector.met(), violations);
    }
  }

  private static Map<String, String> documents() {
    Map<String, String> documents = new TreeMap<>(SsmDocument.allDeployed());
    documents.put(PolicyDrawing.FOREIGN_DOCUMENT, FOREIGN);
    return documents;
  }

  /** What is made with the clock, which is made with the cloud. */
  private static final class Holder {
    private FaultInjector injector;
    private Observer watch;
  }
}
