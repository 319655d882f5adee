package dev.freezeframe.rehearsal.run;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.drill.Drills;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.restore.Restores;
import dev.freezeframe.rehearsal.ssm.Guest;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import dev.freezeframe.retention.RetainedSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of a rehearsal, read before its cloud was closed.
 *
 * @param fleet that it ran on, as it was at the start
 * @param end the instant at which nothing was left to happen
 * @param calls how often each AWS action was called
 * @param invocations how often each function was invoked
 * @param log every call, in the order in which they ended
 * @param guests by instance id
 * @param downtimes of the instances that did not run at some time
 * @param stillStopped the instances that a function stopped and that have not run since
 * @param ledger every item of the table, by key
 * @param lives of the snapshots, the deleted ones too
 * @param kept the sets that are there at the end
 * @param expiries the executions of {@code expire-snapshots}
 * @param concurrency how many functions ran at once
 * @param assumed the documents of the policy that do not say what they hold
 * @param risks what would break a restore of the kept sets at the end
 * @param drills what was drilled, and what that left
 * @param restores what was restored once all runs were complete; empty: nothing was to be
 */
public record Result(
    long seed,
    Policy policy,
    Fleet fleet,
    List<Firing> firings,
    Instant end,
    SortedMap<String, Integer> calls,
    SortedMap<String, Integer> invocations,
    List<Call> log,
    SortedMap<String, Guest> guests,
    SortedMap<String, List<Downtime>> downtimes,
    List<String> stillStopped,
    List<Map<String, Object>> ledger,
    List<SnapshotView> snapshots,
    Map<SnapshotId, SnapshotHistory> lives,
    List<RetainedSet> kept,
    List<Execution> expiries,
    Concurrency concurrency,
    List<String> assumed,
    RestoreRisks risks,
    Drills drills,
    Optional<Restores> restores) {

  /**
   * How many functions ran at once.
   *
   * @param quota how many the account lets run
   * @param most how many did
   * @param throttled how often each function was refused because of it; those that were
   */
  public record Concurrency(int quota, int most, SortedMap<String, Integer> throttled) {}

  /** The snapshots that retention deleted, in the order in which it did. */
  public List<SnapshotHistory> deletions() {
    return lives.values().stream()
        .filter(life -> life.deletion().isPresent())
        .sorted(
            comparing((SnapshotHistory life) -> life.deletion().orElseThrow().at())
                .thenComparing(life -> life.row().snapshot()))
        .toList();
  }

  /** The ledger's row of each snapshot. */
  public Map<SnapshotId, SnapshotRow> rows() {
    Map<SnapshotId, SnapshotRow> rows = new TreeMap<>();
    lives.forEach((id, life) -> rows.put(id, life.row()));
    return rows;
  }

  /** Whether any firing found a target. */
  public boolean matchedAny() {
    return firings.stream()
        .flatMap(firing -> firing.view().pages().stream())
        .anyMatch(page -> !page.selected().isEmpty() || !page.invalid().isEmpty());
  }

  /** The instances whose guest is frozen at the end. */
  public List<String> stillFrozen() {
    return guests.values().stream()
        .filter(guest -> guest.frozen() && !guest.unmounted())
        .map(Guest::instanceId)
        .toList();
  }

  /** The instances whose file systems a script has unmounted and none has mounted again. */
  public List<String> stillUnmounted() {
    return guests.values().stream().filter(Guest::unmounted).map(Guest::instanceId).toList();
  }

  /** How long an instance did not run because an execution had stopped it. */
  Duration down(String instanceId, String execution) {
    return downtimes.getOrDefault(instanceId, List.of()).stream()
        .filter(down -> down.stoppedFor(execution))
        .map(down -> down.lasted(end))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** One line per instance and firing, in the order in which a person reads them. */
  public List<InstanceReport> reports() {
    ReportIndex index = new ReportIndex(this);
    return firings.stream()
        .flatMap(firing -> InstanceReport.of(firing, this, index).stream())
        .toList();
  }

  /**
   * Whether every backup ended as a success or an allowed skip, every guest is thawed and mounted,
   * every instance that was stopped runs, every run of retention succeeded, no restore and no drill
   * failed, no drill left anything, and nothing would break a restore.
   */
  public boolean good() {
    return stillFrozen().isEmpty()
        && stillUnmounted().isEmpty()
        && stillStopped.isEmpty()
        && !firings.isEmpty()
        && expiries.stream().allMatch(run -> run.status() == ExecutionStatus.SUCCEEDED)
        && reports().stream().noneMatch(InstanceReport::failed)
        && risks.troubles().isEmpty()
        && drills.failed().isEmpty()
        && drills.stillRestored().isEmpty()
        && restores.map(done -> done.failed().isEmpty()).orElse(true)
        && firings.stream().allMatch(Firing::selectedAll);
  }
}
