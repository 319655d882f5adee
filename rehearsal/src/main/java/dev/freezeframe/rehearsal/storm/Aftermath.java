package dev.freezeframe.rehearsal.storm;

import dev.freezeframe.ledger.SnapshotLife;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.ec2.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All that is left when a storm is over: what the system says, and what is true. */
final class Aftermath {
  private final Storm storm;
  private final List<Policy> policies;
  private final EmbeddedCloud cloud;
  private final Trail trail;
  private final Watch watch;
  private final Map<SnapshotId, SnapshotLife> lives;
  private final Map<String, SnapshotView> snapshots;

  Aftermath(Storm storm, List<Policy> policies, EmbeddedCloud cloud, Trail trail, Watch watch) {
    this.storm = storm;
    this.policies = policies;
    this.cloud = cloud;
    this.trail = trail;
    this.watch = watch;
    this.lives = cloud.ledgerSnapshots();
    this.snapshots =
        cloud.ec2().snapshots().stream()
            .collect(
                Collectors.toMap(
                    SnapshotView::snapshotId, view -> view, (one, other) -> one, TreeMap::new));
  }

  Storm storm() {
    return storm;
  }

  List<Policy> policies() {
    return policies;
  }

  EmbeddedCloud cloud() {
    return cloud;
  }

  Trail trail() {
    return trail;
  }

  Watch watch() {
    return watch;
  }

  /** What the ledger knows of each snapshot. */
  Map<SnapshotId, SnapshotLife> lives() {
    return lives;
  }

  /** What EC2 truly has, by id. */
  Map<String, SnapshotView> snapshots() {
    return snapshots;
  }

  /** The sets that the ledger knows, by their id. */
  Map<String, List<SnapshotLife>> sets() {
    Map<String, List<SnapshotLife>> sets = new TreeMap<>();
    lives
        .values()
        .forEach(
            life ->
                sets.computeIfAbsent(life.row().set().value(), any -> new ArrayList<>()).add(life));
    return sets;
  }

  /** Whether every document that freezes has a timer of its own. */
  boolean timed() {
    return policies.stream()
        .flatMap(policy -> policy.scripts().stream())
        .map(Scripts::document)
        .noneMatch(PolicyDrawing.FOREIGN_DOCUMENT::equals);
  }

  Machine machine(String instance) {
    return storm.machines().stream()
        .filter(machine -> machine.instanceId().equals(instance))
        .findFirst()
        .orElseThrow();
  }
}
