package dev.freezeframe.lambda;

import java.util.List;

/**
 * How large a function is, wherever it is deployed: in Lambda or in an embedded cloud. Lambda gives
 * CPU in proportion to memory.
 *
 * @param task its name
 * @param memory in MB
 * @param seconds after which it is stopped: what it may take, and less than its state waits
 * @param why both
 */
public record TaskSize(String task, int memory, int seconds, String why) {

  /** For a function that waits for somebody else most of the time. */
  private static final int WAITS = 512;

  /** For a function whose every millisecond counts, or that reads a lot. */
  private static final int WORKS = 1024;

  public static final List<TaskSize> ALL =
      List.of(
          new TaskSize("SelectTargets", WORKS, 100, "a page of 500 instances is much to read"),
          new TaskSize("InspectInstance", WAITS, 50, "four short calls, each tried again"),
          new TaskSize(
              "DryRunScript", WAITS, 220, "30 s delivery, 120 s script, 10 s grace, a second try"),
          new TaskSize("TakeSlots", WAITS, 50, "short calls; a page of EC2's for each 1,000"),
          new TaskSize(
              "RunPreScript", WORKS, 240, "30 s delivery, 120 s script, 10 s grace; it freezes"),
          new TaskSize("CreateSnapshots", WORKS, 40, "one call of 10 s at most; guests are frozen"),
          new TaskSize(
              "RunPostScript", WORKS, 240, "30 s delivery, 120 s script, 10 s grace; it thaws"),
          new TaskSize("FindSnapshots", WAITS, 90, "three looks, 10 s apart, each tried again"),
          new TaskSize("RecordSnapshots", WAITS, 50, "a write for each of up to 128 snapshots"),
          new TaskSize(
              "CheckSnapshots", WAITS, 50, "one read; a call to EC2 where events are late"),
          new TaskSize(
              "RecordOutcome", WAITS, 110, "a write for each of up to 128 snapshots, tags"),
          new TaskSize("SummarizeRun", WORKS, 110, "reads the whole run, thousands of rows"),
          new TaskSize("ApplySnapshotEvent", WAITS, 60, "a write for each of up to 128 snapshots"),
          new TaskSize("WatchRecoveryPoints", WAITS, 60, "three short calls for each policy"),
          new TaskSize(
              "ThawAbandoned", WAITS, 600, "six minutes of attempts to thaw, a minute's wait"),
          new TaskSize("PlanExpiry", WORKS, 840, "reads all that is due, and EC2's facts of it"),
          new TaskSize("DeleteSnapshots", WAITS, 540, "a batch of deletions, under their rate"),
          new TaskSize("ReconcileLedger", WORKS, 280, "a page of EC2's and of the ledger's"),
          new TaskSize("AdoptSnapshots", WAITS, 280, "a page of snapshots that are not ours"));

  /**
   * The size of a task.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static TaskSize of(String task) {
    return ALL.stream()
        .filter(size -> size.task.equals(task))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("task %s: expected a size".formatted(task)));
  }
}
