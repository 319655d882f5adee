package dev.freezeframe.lambda;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Every task by the name under which the state machine files and the rules know it. */
public final class Tasks {
  private static final SortedMap<String, Function<Surroundings, JsonTask<?, ?>>> ALL =
      new TreeMap<>();

  static {
    ALL.put("SelectTargets", SelectTargetsTask::new);
    ALL.put("InspectInstance", InspectInstanceTask::new);
    ALL.put("DryRunScript", DryRunScriptTask::new);
    ALL.put("TakeSlots", TakeSlotsTask::new);
    ALL.put("RunPreScript", RunPreScriptTask::new);
    ALL.put("CreateSnapshots", CreateSnapshotsTask::new);
    ALL.put("RunPostScript", RunPostScriptTask::new);
    ALL.put("FindSnapshots", FindSnapshotsTask::new);
    ALL.put("RecordSnapshots", RecordSnapshotsTask::new);
    ALL.put("CheckSnapshots", CheckSnapshotsTask::new);
    ALL.put("RecordOutcome", RecordOutcomeTask::new);
    ALL.put("SummarizeRun", SummarizeRunTask::new);
    ALL.put("ApplySnapshotEvent", ApplySnapshotEventTask::new);
    ALL.put("ThawAbandoned", ThawAbandonedTask::new);
    ALL.put("WatchRecoveryPoints", WatchRecoveryPointsTask::new);
    ALL.put("PlanExpiry", PlanExpiryTask::new);
    ALL.put("DeleteSnapshots", DeleteSnapshotsTask::new);
    ALL.put("ReconcileLedger", ReconcileLedgerTask::new);
    ALL.put("AdoptSnapshots", AdoptSnapshotsTask::new);
  }

  private Tasks() {}

  /** Every task, to be made in some surroundings. */
  public static SortedMap<String, Function<Surroundings, JsonTask<?, ?>>> all() {
    return Collections.unmodifiableSortedMap(ALL);
  }
}
