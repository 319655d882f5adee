package dev.freezeframe.task;

import dev.freezeframe.task.backup.CheckSnapshotsTask;
import dev.freezeframe.task.backup.CreateSnapshotsTask;
import dev.freezeframe.task.backup.FindSnapshotsTask;
import dev.freezeframe.task.backup.InspectInstanceTask;
import dev.freezeframe.task.backup.RecordOutcomeTask;
import dev.freezeframe.task.backup.RecordSnapshotsTask;
import dev.freezeframe.task.backup.TakeSlotsTask;
import dev.freezeframe.task.event.ApplySnapshotEventTask;
import dev.freezeframe.task.event.RecordAbandonedTask;
import dev.freezeframe.task.event.ThawAbandonedTask;
import dev.freezeframe.task.expiry.AdoptSnapshotsTask;
import dev.freezeframe.task.expiry.DeleteSnapshotsTask;
import dev.freezeframe.task.expiry.PlanExpiryTask;
import dev.freezeframe.task.expiry.ReconcileLedgerTask;
import dev.freezeframe.task.run.SelectTargetsTask;
import dev.freezeframe.task.run.SummarizeRunTask;
import dev.freezeframe.task.run.WatchRecoveryPointsTask;
import dev.freezeframe.task.script.DryRunScriptTask;
import dev.freezeframe.task.script.RunPostScriptTask;
import dev.freezeframe.task.script.RunPreScriptTask;
import dev.freezeframe.task.stop.StartInstanceTask;
import dev.freezeframe.task.stop.StartStoppedTask;
import dev.freezeframe.task.stop.StopInstanceTask;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Every task: its function, and how large that is wherever it is deployed, in Lambda or in an
 * embedded cloud. Lambda gives CPU in proportion to memory.
 */
public enum Task {
  ADOPT_SNAPSHOTS(
      AdoptSnapshotsTask.class,
      AdoptSnapshotsTask::new,
      Memory.IO_BOUND,
      280,
      "a page of snapshots that are not ours"),
  APPLY_SNAPSHOT_EVENT(
      ApplySnapshotEventTask.class,
      ApplySnapshotEventTask::new,
      Memory.IO_BOUND,
      60,
      "a write for each of up to 128 snapshots, and of their facts"),
  CHECK_SNAPSHOTS(
      CheckSnapshotsTask.class,
      CheckSnapshotsTask::new,
      Memory.IO_BOUND,
      50,
      "one read; a call to EC2 where events are late"),
  CREATE_SNAPSHOTS(
      CreateSnapshotsTask.class,
      CreateSnapshotsTask::new,
      Memory.CPU_BOUND,
      40,
      "one call of 10 s at most; guests are frozen"),
  DELETE_SNAPSHOTS(
      DeleteSnapshotsTask.class,
      DeleteSnapshotsTask::new,
      Memory.IO_BOUND,
      540,
      "a batch of deletions, under their rate"),
  DRY_RUN_SCRIPT(
      DryRunScriptTask.class,
      DryRunScriptTask::new,
      Memory.IO_BOUND,
      220,
      "30 s delivery, 120 s script, 10 s grace, a second try"),
  FIND_SNAPSHOTS(
      FindSnapshotsTask.class,
      FindSnapshotsTask::new,
      Memory.IO_BOUND,
      50,
      "two short calls, each tried again"),
  INSPECT_INSTANCE(
      InspectInstanceTask.class,
      InspectInstanceTask::new,
      Memory.IO_BOUND,
      50,
      "five short calls, each tried again"),
  PLAN_EXPIRY(
      PlanExpiryTask.class,
      PlanExpiryTask::new,
      Memory.CPU_BOUND,
      840,
      "reads all that is due, and EC2's facts of it"),
  RECONCILE_LEDGER(
      ReconcileLedgerTask.class,
      ReconcileLedgerTask::new,
      Memory.CPU_BOUND,
      280,
      "a page of EC2's and of the ledger's"),
  RECORD_ABANDONED(
      RecordAbandonedTask.class,
      RecordAbandonedTask::new,
      Memory.IO_BOUND,
      110,
      "a write for each of up to 128 snapshots of a set"),
  RECORD_OUTCOME(
      RecordOutcomeTask.class,
      RecordOutcomeTask::new,
      Memory.IO_BOUND,
      110,
      "a write for each of up to 128 snapshots, tags"),
  RECORD_SNAPSHOTS(
      RecordSnapshotsTask.class,
      RecordSnapshotsTask::new,
      Memory.IO_BOUND,
      50,
      "a write for each of up to 128 snapshots"),
  RUN_POST_SCRIPT(
      RunPostScriptTask.class,
      RunPostScriptTask::new,
      Memory.CPU_BOUND,
      240,
      "30 s delivery, 120 s script, 10 s grace; it thaws"),
  RUN_PRE_SCRIPT(
      RunPreScriptTask.class,
      RunPreScriptTask::new,
      Memory.CPU_BOUND,
      240,
      "30 s delivery, 120 s script, 10 s grace; it freezes"),
  SELECT_TARGETS(
      SelectTargetsTask.class,
      SelectTargetsTask::new,
      Memory.CPU_BOUND,
      100,
      "a page of 500 instances is much to read"),
  START_INSTANCE(
      StartInstanceTask.class,
      StartInstanceTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again; the instance is stopped"),
  START_STOPPED(
      StartStoppedTask.class,
      StartStoppedTask::new,
      Memory.IO_BOUND,
      240,
      "short calls for each instance that is stopped for too long"),
  STOP_INSTANCE(
      StopInstanceTask.class,
      StopInstanceTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
  SUMMARIZE_RUN(
      SummarizeRunTask.class,
      SummarizeRunTask::new,
      Memory.CPU_BOUND,
      110,
      "reads the whole run, thousands of rows"),
  TAKE_SLOTS(
      TakeSlotsTask.class,
      TakeSlotsTask::new,
      Memory.IO_BOUND,
      50,
      "short calls; a page of EC2's for each 1,000"),
  THAW_ABANDONED(
      ThawAbandonedTask.class,
      ThawAbandonedTask::new,
      Memory.IO_BOUND,
      240,
      "30 s delivery, 120 s script, 10 s grace; it thaws"),
  WATCH_RECOVERY_POINTS(
      WatchRecoveryPointsTask.class,
      WatchRecoveryPointsTask::new,
      Memory.IO_BOUND,
      60,
      "three short calls for each policy");

  private static final SortedMap<String, Task> BY_NAME = new TreeMap<>();

  static {
    for (Task task : values()) {
      BY_NAME.put(task.toString(), task);
    }
  }

  private final String name;
  private final Class<? extends JsonTask<?, ?>> type;

  /** A reference to a constructor, which holds nothing that could change. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<TaskDependencies, JsonTask<?, ?>> factory;

  private final int memory;
  private final int seconds;
  private final String reason;

  <T extends JsonTask<?, ?>> Task(
      Class<T> type,
      Function<TaskDependencies, T> factory,
      int memory,
      int seconds,
      String reason) {
    this.name = type.getSimpleName().replaceFirst("Task$", "");
    this.type = type;
    this.factory = factory::apply;
    this.memory = memory;
    this.seconds = seconds;
    this.reason = reason;
  }

  /** Returns every task by the name under which the state machine files and the rules know it. */
  public static SortedMap<String, Task> byName() {
    return Collections.unmodifiableSortedMap(BY_NAME);
  }

  /**
   * Returns the task of a name.
   *
   * @throws IllegalArgumentException if none exists
   */
  public static Task of(String name) {
    Task task = BY_NAME.get(name);
    if (task == null) {
      throw new IllegalArgumentException(
          "task %s: expected one of %s".formatted(name, BY_NAME.keySet()));
    }
    return task;
  }

  /** Returns the task with the services that it calls. */
  public JsonTask<?, ?> in(TaskDependencies dependencies) {
    return factory.apply(dependencies);
  }

  /** Returns the class that Lambda makes. */
  public Class<? extends JsonTask<?, ?>> type() {
    return type;
  }

  /** Returns its memory in MB. */
  public int memory() {
    return memory;
  }

  /**
   * Returns the seconds after which it is stopped: what it may take, and less than its state waits.
   */
  public int seconds() {
    return seconds;
  }

  /** Returns why it has this memory and this time. */
  public String reason() {
    return reason;
  }

  /** Returns its name, such as {@code SelectTargets}. */
  @Override
  public String toString() {
    return name;
  }

  /** In MB. */
  private static final class Memory {
    /** For a function that waits for somebody else most of the time. */
    static final int IO_BOUND = 512;

    /** For a function whose every millisecond counts, or that reads a lot. */
    static final int CPU_BOUND = 1024;

    private Memory() {}
  }
}
