package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Watches while a simulation passes: at every deletion, at every firing in the calm. */
public final class Observer implements CallFault {
  private static final int MAX_PENDING = 5;

  /** Nobody aborts one execution forever. */
  private static final int MAX_REDRIVES = 3;

  private static final List<Duration> REDRIVEN_AFTER =
      Stream.of(0, 1, 5, 20, 45, 600).map(Duration::ofSeconds).toList();

  /** Below what the SDK waits. */
  private static final List<Duration> LANDS_AFTER =
      Stream.of(0, 2, 9).map(Duration::ofSeconds).toList();

  private final Simulation simulation;
  private final List<Policy> policies;
  private final FaultInjector injector;
  private final DeletionObserver deletions;
  private final List<Dues> dues = new ArrayList<>();
  private EmbeddedCloud cloud;

  Observer(
      Simulation simulation, List<Policy> policies, FaultInjector injector, ManualActions trail) {
    this.simulation = simulation;
    this.policies = policies;
    this.injector = injector;
    this.deletions = new DeletionObserver(policies, trail);
  }

  /** An instance that a firing in the calm has to back up. */
  public record Due(String instance, Instant firing) {}

  private record Dues(String policy, Due due) {}

  /** Begins to look. */
  void at(EmbeddedCloud given) {
    cloud = given;
    for (Policy policy : policies) {
      simulation.firings(policy).stream()
          .filter(firing -> !firing.isBefore(simulation.settled()))
          .findFirst()
          .ifPresent(firing -> cloud.time().at(firing, () -> fired(policy, firing)));
    }
  }

  private void fired(Policy policy, Instant firing) {
    for (SimulatedInstance machine : simulation.machines()) {
      String instance = machine.instanceId();
      List<String> volumes = cloud.ec2().volumesOf(instance);
      boolean excludeBoot = policy.volumes().excludeBoot();
      List<String> wanted =
          volumes.stream()
              .filter(volume -> !(excludeBoot && volume.equals(machine.volumeId(0))))
              .toList();
      if ("snapshot".equals(cloud.ec2().tagsOf(instance).get("snapshot"))
          && !wanted.isEmpty()
          && roomFor(machine, wanted)) {
        dues.add(new Dues(policy.name().value(), new Due(instance, firing)));
      }
    }
  }

  /** What failed or has not settled yet may fill a volume's quota, whatever the system does. */
  private boolean roomFor(SimulatedInstance machine, List<String> wanted) {
    List<SnapshotView> open =
        cloud.ec2().snapshots().stream().filter(view -> !view.state().equals("completed")).toList();
    int most = machine.disks().type().equals("st1") ? 1 : MAX_PENDING;
    boolean volumes =
        wanted.stream()
            .allMatch(
                volume ->
                    open.stream().filter(view -> view.volumeId().equals(volume)).count() < most);
    return volumes && wanted.size() <= simulation.pendingLimit();
  }

  @Override
  public void before(String action, boolean changes, Caller caller, String detail) {
    if (changes && !caller.execution().isEmpty()) {
      Execution execution = cloud.states().execution(caller.execution());
      if (mayBeAborted(execution)) {
        abortInACall(execution, caller.instanceId());
      }
    }
    if (action.equals("ec2:DeleteSnapshot")) {
      deletions.look(cloud, detail);
    }
  }

  /** What a run waits for ends with it; so does the patience of anyone who redrives. */
  private static boolean mayBeAborted(Execution execution) {
    return execution.status() == ExecutionStatus.RUNNING
        && execution.redriveCount() < MAX_REDRIVES
        && !execution.stateMachineArn().endsWith(":run-policy");
  }

  /** The function does not know of it: its call lands a little later. */
  private void abortInACall(Execution execution, String instance) {
    Optional<RandomFault> strike = injector.occurs(FaultType.ABORTED_IN_A_CALL, instance);
    if (strike.isEmpty()) {
      return;
    }
    cloud.states().abort(execution.arn());
    Duration later = injector.one(strike.get(), instance, REDRIVEN_AFTER);
    cloud.time().after(later, () -> redrive(execution));
    cloud.time().pause(injector.one(strike.get(), instance, LANDS_AFTER));
  }

  private void redrive(Execution execution) {
    if (execution.status() != ExecutionStatus.RUNNING
        && execution.status() != ExecutionStatus.SUCCEEDED) {
      cloud.states().redrive(execution.arn());
    }
  }

  public DeletionObserver deletions() {
    return deletions;
  }

  public List<Due> due(String policy) {
    return dues.stream().filter(due -> due.policy.equals(policy)).map(Dues::due).toList();
  }

  public int met(FaultType kind) {
    return injector.met().getOrDefault(kind, 0);
  }
}
