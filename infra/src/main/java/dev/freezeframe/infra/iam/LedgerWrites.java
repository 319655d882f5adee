package dev.freezeframe.infra.iam;

import java.util.List;
import java.util.Map;

/**
 * Which rows of the ledger a task may write: how their partition keys begin, as {@code
 * docs/ledger.md} has them. A role that was taken over can then not rewrite what its task never
 * writes.
 */
final class LedgerWrites {
  private static final String RUNS = "run#*";
  private static final String SNAPSHOTS = "snapshot#*";
  private static final String PLANS = "plan#*";
  private static final String POLICIES = "policy#*";
  private static final String GROUPS = "groups";
  private static final String RETENTION = "retention";
  private static final String SLOTS = "slots";
  private static final String TURNS = "turns";
  private static final String INSPECTIONS = "inspection#*";
  private static final String FACTS = "facts#*";
  private static final String LEASES = "leases";
  private static final String RESTORES = "restore#*";
  private static final String DRILLS = "drill#*";
  private static final String DRILLED = "drilled#*";
  private static final String SPENDINGS = "drills#*";

  private static final Map<String, List<String>> KEYS =
      Map.ofEntries(
          Map.entry("SelectTargets", List.of(RUNS)),
          Map.entry("InspectInstance", List.of(INSPECTIONS)),
          Map.entry("CreateSnapshots", List.of(SLOTS)),
          Map.entry("RunPreScript", List.of(RUNS, SLOTS)),
          Map.entry("RunPostScript", List.of(RUNS)),
          Map.entry("TakeSlots", List.of(SLOTS)),
          Map.entry("RecordSnapshots", List.of(FACTS, GROUPS, SLOTS, SNAPSHOTS)),
          Map.entry("CheckSnapshots", List.of(SLOTS, SNAPSHOTS)),
          Map.entry(
              "RecordOutcome", List.of(FACTS, GROUPS, POLICIES, RETENTION, RUNS, SLOTS, SNAPSHOTS)),
          Map.entry("WatchRecoveryPoints", List.of(POLICIES)),
          Map.entry("StopInstance", List.of(RUNS, SLOTS, TURNS)),
          Map.entry("StartInstance", List.of(RUNS, TURNS)),
          Map.entry("StartStopped", List.of(RUNS, TURNS)),
          Map.entry("SummarizeRun", List.of(RUNS)),
          Map.entry("ApplySnapshotEvent", List.of(RETENTION, SLOTS, SNAPSHOTS)),
          Map.entry("ThawAbandoned", List.of(RUNS, SLOTS, TURNS)),
          Map.entry("RecordAbandoned", List.of(FACTS, GROUPS, RETENTION, RUNS, SNAPSHOTS)),
          Map.entry("PlanExpiry", List.of(PLANS, RETENTION)),
          Map.entry("DeleteSnapshots", List.of(FACTS, SNAPSHOTS)),
          Map.entry("ReconcileLedger", List.of(FACTS, GROUPS, RETENTION, SNAPSHOTS)),
          Map.entry("AdoptSnapshots", List.of(FACTS, GROUPS, RETENTION, SNAPSHOTS)),
          Map.entry("ClaimRestore", List.of(LEASES, RESTORES)),
          Map.entry("CreateVolumes", List.of(LEASES, RESTORES)),
          Map.entry("AwaitVolumes", List.of(LEASES, RESTORES)),
          Map.entry("StopTarget", List.of(LEASES, RESTORES)),
          Map.entry("DetachReplaced", List.of(LEASES)),
          Map.entry("AttachVolumes", List.of(LEASES, RESTORES)),
          Map.entry("StartTarget", List.of(LEASES, RESTORES)),
          Map.entry("RegisterImage", List.of(LEASES, RESTORES)),
          Map.entry("LaunchInstance", List.of(LEASES, RESTORES)),
          Map.entry("DeregisterImage", List.of(LEASES, RESTORES)),
          Map.entry("ReplaceRoot", List.of(LEASES, RESTORES)),
          Map.entry("AwaitInitialized", List.of(LEASES, RESTORES)),
          Map.entry("RecordRestore", List.of(LEASES, RESTORES)),
          Map.entry("UndoRestore", List.of(LEASES, RESTORES)),
          Map.entry("CleanRestore", List.of(LEASES, RESTORES)),
          Map.entry("SweepRestores", List.of(LEASES, RESTORES)),
          Map.entry("ClaimDrill", List.of(DRILLED, DRILLS, LEASES, SPENDINGS)),
          Map.entry("LaunchDrill", List.of(DRILLS, LEASES)),
          Map.entry("ValidateDrill", List.of(DRILLS, LEASES)),
          Map.entry("EndDrill", List.of(DRILLS, LEASES)),
          Map.entry("RecordDrill", List.of(DRILLED, DRILLS, LEASES, SPENDINGS)),
          Map.entry("SweepDrills", List.of(DRILLED, DRILLS, LEASES, SPENDINGS)));

  private LedgerWrites() {}

  /**
   * The patterns of the partition keys.
   *
   * @throws IllegalArgumentException if it is not said which rows the task writes
   */
  static List<String> keys(String task) {
    List<String> keys = KEYS.get(task);
    if (keys == null) {
      throw new IllegalArgumentException(
          "task %s: expected the keys of the rows that it writes, found none".formatted(task));
    }
    return keys;
  }
}
