package dev.freezeframe.rehearsal.storm;

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

/** Looks on while a storm goes by: at every deletion, at every firing in the calm. */
final class Watch implements CallFault {
  private static final int MOST_PENDING = 5;

  /** Nobody aborts one execution for ever. */
  private static final int MOST_REDRIVES = 3;

  private static final List<Duration> REDRIVEN_AFTER =
      Stream.of(0, 1, 5, 20, 45, 600).map(Duration::ofSeconds).toList();

  /** Below what the SDK waits. */
  private static final List<Duration> LANDS_AFTER =
      Stream.of(0, 2, 9).map(Duration::ofSeconds).toList();

  private final Storm storm;
  private final List<Policy> policies;
  private final Sky sky;
  private final DeletionWatch deletions;
  private final List<Dues> dues = new ArrayList<>();
  private EmbeddedCloud cloud;

  Watch(Storm storm, List<Policy> policies, Sky sky, Trail trail) {
    this.storm = storm;
    this.policies = policies;
    this.sky = sky;
    this.deletions = new DeletionWatch(policies, trail);
  }

  /** An instance that a firing in the calm has to back up. */
  record Due(String instance, Instant firing) {}

  private record Dues(String policy, Due due) {}

  /** Begins to look. */
  void at(EmbeddedCloud given) {
    cloud = given;
    for (Policy policy : policies) {
      storm.firings(policy).stream()
          .filter(firing -> !firing.isBefore(storm.settled()))
          .findFirst()
          .ifPresent(firing -> cloud.time().at(firing, () -> fired(policy, firing)));
    }
  }

  private void fired(Policy policy, Instant firing) {
    for (Machine machine : storm.machines()) {
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
  private boolean roomFor(Machine machine, List<String> wanted) {
    List<SnapshotView> open =
        cloud.ec2().snapshots().stream().filter(view -> !view.state().equals("completed")).toList();
    int most = machine.disks().type().equals("st1") ? 1 : MOST_PENDING;
    boolean volumes =
        wanted.stream()
            .allMatch(
                volume ->
                    open.stream().filter(view -> view.volumeId().equals(volume)).count() < most);
    return volumes && wanted.size() <= storm.pendingLimit();
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

  /** What a run waits for ends with it; so does the patience of whoever redrives. */
  private static boolean mayBeAborted(Execution execution) {
    return execution.status() == ExecutionStatus.RUNNING
        && execution.redriveCount() < MOST_REDRIVES
        && !execution.stateMachineArn().endsWith(":run-policy");
  }

  /** The function does not know of it: its call lands a little later. */
  private void abortInACall(Execution execution, String instance) {
    Optional<Weather> strike = sky.strikes(WeatherKind.ABORTED_IN_A_CALL, instance);
    if (strike.isEmpty()) {
      return;
    }
    cloud.states().abort(execution.arn());
    Duration later = sky.one(strike.get(), instance, REDRIVEN_AFTER);
    cloud.time().after(later, () -> redrive(execution));
    cloud.time().pause(sky.one(strike.get(), instance, LANDS_AFTER));
  }

  private void redrive(Execution execution) {
    if (execution.status() != ExecutionStatus.RUNNING
        && execution.status() != ExecutionStatus.SUCCEEDED) {
      cloud.states().redrive(execution.arn());
    }
  }

  DeletionWatch deletions() {
    return deletions;
  }

  List<Due> due(String policy) {
    return dues.stream().filter(due -> due.policy.equals(policy)).map(Dues::due).toList();
  }

  int met(WeatherKind kind) {
    return sky.met().getOrDefault(kind, 0);
  }
}
