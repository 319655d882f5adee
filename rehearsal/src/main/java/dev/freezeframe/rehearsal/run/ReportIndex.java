package dev.freezeframe.rehearsal.run;

import static java.util.stream.Collectors.groupingBy;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.rehearsal.cloud.Call;
import java.util.List;
import java.util.Map;

/** A result by what its reports ask, so that months of runs need not be gone through for each. */
final class ReportIndex {
  private final Map<String, List<Call>> calls;
  private final Map<Backup, List<SnapshotRow>> rows;

  private record Backup(RunId run, InstanceId instance) {}

  ReportIndex(Result result) {
    this.calls = result.log().stream().collect(groupingBy(call -> call.caller().execution()));
    this.rows =
        result.lives().values().stream()
            .map(SnapshotHistory::row)
            .collect(groupingBy(row -> new Backup(row.run(), row.instance())));
  }

  /** The calls of an execution, in the order in which they ended. */
  List<Call> calls(String execution) {
    return calls.getOrDefault(execution, List.of());
  }

  /** The snapshots of an instance in a run, by id. */
  List<SnapshotRow> rows(RunId run, InstanceId instance) {
    return rows.getOrDefault(new Backup(run, instance), List.of());
  }
}
