package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.faults.FaultPlan;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that is left when a simulation is over: what the system says, and what is true. */
public final class FinalState {
  private final Simulation simulation;
  private final List<Policy> policies;
  private final EmbeddedCloud cloud;
  private final ManualActions trail;
  private final Observer watch;
  private final FaultPlan faults;
  private final Map<SnapshotId, SnapshotHistory> lives;
  private final Map<String, SnapshotView> snapshots;

  FinalState(
      Simulation simulation,
      List<Policy> policies,
      EmbeddedCloud cloud,
      ManualActions trail,
      Observer watch,
      FaultPlan faults) {
    this.simulation = simulation;
    this.policies = policies;
    this.cloud = cloud;
    this.trail = trail;
    this.watch = watch;
    this.faults = faults;
    this.lives = cloud.ledgerSnapshots();
    this.snapshots =
        cloud.ec2().snapshots().stream()
            .collect(
                Collectors.toMap(
                    SnapshotView::snapshotId, view -> view, (one, other) -> one, TreeMap::new));
  }

  public Simulation simulation() {
    return simulation;
  }

  public List<Policy> policies() {
    return policies;
  }

  public EmbeddedCloud cloud() {
    return cloud;
  }

  /** When nothing was left to happen. */
  public Instant end() {
    return cloud.time().instant();
  }

  public ManualActions trail() {
    return trail;
  }

  public Observer watch() {
    return watch;
  }

  /** How often any of some faults happened. */
  public int met(FaultAction... actions) {
    return Stream.of(actions).mapToInt(faults::met).sum();
  }

  SortedMap<FaultAction, Integer> met() {
    return faults.met();
  }

  /** What the ledger knows of each snapshot. */
  public Map<SnapshotId, SnapshotHistory> lives() {
    return lives;
  }

  /** What EC2 truly has, by id. */
  public Map<String, SnapshotView> snapshots() {
    return snapshots;
  }

  /** The sets that the ledger knows, by their id. */
  public Map<String, List<SnapshotHistory>> sets() {
    Map<String, List<SnapshotHistory>> sets = new TreeMap<>();
    lives
        .values()
        .forEach(
            life ->
                sets.computeIfAbsent(life.row().set().value(), any -> new ArrayList<>()).add(life));
    return sets;
  }

  /** Whether every document that freezes has a timer of its own, as ours have. */
  public boolean timed() {
    return policies.stream()
        .flatMap(policy -> policy.scripts().stream())
        .map(Scripts::document)
        .allMatch(document -> SsmDocument.allDeployed().containsKey(document));
  }
}
