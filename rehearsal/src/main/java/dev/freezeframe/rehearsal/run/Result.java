package dev.freezeframe.rehearsal.run;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.rehearsal.cloud.Call;
import dev.freezeframe.rehearsal.ec2.SnapshotView;
import dev.freezeframe.rehearsal.ssm.Guest;
import dev.freezeframe.snapshot.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What came of a rehearsal, read before its cloud was closed.
 *
 * @param end the instant at which nothing was left to happen
 * @param calls how often each AWS action was called
 * @param log every call, in the order in which they ended
 * @param guests by instance id
 * @param ledger every item of the table, by key
 * @param rows of the snapshots
 */
public record Result(
    long seed,
    Policy policy,
    List<Firing> firings,
    Instant end,
    SortedMap<String, Integer> calls,
    List<Call> log,
    SortedMap<String, Guest> guests,
    List<Map<String, Object>> ledger,
    List<SnapshotView> snapshots,
    Map<SnapshotId, SnapshotRow> rows) {

  /** The instances whose guest is frozen at the end. */
  public List<String> stillFrozen() {
    return guests.values().stream().filter(Guest::frozen).map(Guest::instanceId).toList();
  }

  /** One line per instance and firing, in the order in which a person reads them. */
  public List<InstanceReport> reports() {
    return firings.stream().flatMap(firing -> InstanceReport.of(firing, this).stream()).toList();
  }

  /** Whether every backup ended as a success or an allowed skip, and every guest is thawed. */
  public boolean good() {
    return stillFrozen().isEmpty()
        && !firings.isEmpty()
        && reports().stream().noneMatch(InstanceReport::failed)
        && firings.stream().allMatch(Firing::selectedAll);
  }
}
