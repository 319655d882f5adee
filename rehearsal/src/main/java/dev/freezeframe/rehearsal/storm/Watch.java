package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.CallFault;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks on while a storm goes by: at every deletion, at every firing in the calm. */
final class Watch implements CallFault {
  private static final int MOST_PENDING = 5;

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

  /** What failed or has not settled yet may fill EC2's quotas, whatever the system does. */
  private boolean roomFor(Machine machine, List<String> wanted) {
    List<SnapshotView> open =
        cloud.ec2().snapshots().stream().filter(view -> !view.state().equals("completed")).toList();
    int most = machine.volumeType().equals("st1") ? 1 : MOST_PENDING;
    boolean volumes =
        wanted.stream()
            .allMatch(
                volume ->
                    open.stream().filter(view -> view.volumeId().equals(volume)).count() < most);
    long pending = open.stream().filter(view -> view.state().equals("pending")).count();
    int all = storm.machines().stream().mapToInt(one -> one.dataVolumes() + 1).sum();
    return volumes && pending + 2L * all <= storm.pendingLimit();
  }

  @Override
  public void before(String action, boolean changes, Caller caller, String detail) {
    if (action.equals("ec2:DeleteSnapshot")) {
      deletions.look(cloud, detail);
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
