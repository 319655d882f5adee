package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Watches while a simulation passes: at every deletion, at every firing in the calm. */
public final class Observer implements CallFault {
  private static final int MAX_PENDING = 5;

  private final Simulation simulation;
  private final List<Policy> policies;
  private final DeletionObserver deletions;
  private final List<Dues> dues = new ArrayList<>();
  private EmbeddedCloud cloud;

  Observer(Simulation simulation, List<Policy> policies, ManualActions trail) {
    this.simulation = simulation;
    this.policies = policies;
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
    if (action.equals("ec2:DeleteSnapshot")) {
      deletions.look(cloud, detail);
    }
  }

  public DeletionObserver deletions() {
    return deletions;
  }

  public List<Due> due(String policy) {
    return dues.stream().filter(due -> due.policy.equals(policy)).map(Dues::due).toList();
  }
}
