package dev.freezeframe.task;

import dev.freezeframe.task.backup.CheckSnapshotsTask;
import dev.freezeframe.task.backup.CreateSnapshotsTask;
import dev.freezeframe.task.backup.FindSnapshotsTask;
import dev.freezeframe.task.backup.InspectInstanceTask;
import dev.freezeframe.task.backup.RecordOutcomeTask;
import dev.freezeframe.task.backup.RecordSnapshotsTask;
import dev.freezeframe.task.backup.TakeSlotsTask;
import dev.freezeframe.task.drill.ChooseDrillsTask;
import dev.freezeframe.task.drill.ClaimDrillTask;
import dev.freezeframe.task.drill.EndDrillTask;
import dev.freezeframe.task.drill.LaunchDrillTask;
import dev.freezeframe.task.drill.RecordDrillTask;
import dev.freezeframe.task.drill.SweepDrillsTask;
import dev.freezeframe.task.drill.ValidateDrillTask;
import dev.freezeframe.task.event.ApplySnapshotEventTask;
import dev.freezeframe.task.event.RecordAbandonedTask;
import dev.freezeframe.task.event.ThawAbandonedTask;
import dev.freezeframe.task.expiry.AdoptSnapshotsTask;
import dev.freezeframe.task.expiry.DeleteSnapshotsTask;
import dev.freezeframe.task.expiry.PlanExpiryTask;
import dev.freezeframe.task.expiry.ReconcileLedgerTask;
import dev.freezeframe.task.restore.AttachVolumesTask;
import dev.freezeframe.task.restore.AwaitInitializedTask;
import dev.freezeframe.task.restore.AwaitVolumesTask;
import dev.freezeframe.task.restore.ClaimRestoreTask;
import dev.freezeframe.task.restore.CleanRestoreTask;
import dev.freezeframe.task.restore.CreateVolumesTask;
import dev.freezeframe.task.restore.DeregisterImageTask;
import dev.freezeframe.task.restore.DetachReplacedTask;
import dev.freezeframe.task.restore.LaunchInstanceTask;
import dev.freezeframe.task.restore.RecordRestoreTask;
import dev.freezeframe.task.restore.RegisterImageTask;
import dev.freezeframe.task.restore.ReplaceRootTask;
import dev.freezeframe.task.restore.StartTargetTask;
import dev.freezeframe.task.restore.StopTargetTask;
import dev.freezeframe.task.restore.SweepRestoresTask;
import dev.freezeframe.task.restore.UndoRestoreTask;
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
  ATTACH_VOLUMES(
      AttachVolumesTask.class,
      AttachVolumesTask::new,
      Memory.IO_BOUND,
      110,
      "32 volumes, at 2 a second"),
  AWAIT_INITIALIZED(
      AwaitInitializedTask.class,
      AwaitInitializedTask::new,
      Memory.IO_BOUND,
      50,
      "a page of EC2's for each 200 volumes"),
  AWAIT_VOLUMES(
      AwaitVolumesTask.class,
      AwaitVolumesTask::new,
      Memory.IO_BOUND,
      50,
      "a page of EC2's for each 200 volumes"),
  CHECK_SNAPSHOTS(
      CheckSnapshotsTask.class,
      CheckSnapshotsTask::new,
      Memory.IO_BOUND,
      50,
      "one read; a call to EC2 where events are late"),
  CHOOSE_DRILLS(
      ChooseDrillsTask.class,
      ChooseDrillsTask::new,
      Memory.CPU_BOUND,
      840,
      "reads the sets of each instance of a policy"),
  CLAIM_DRILL(
      ClaimDrillTask.class,
      ClaimDrillTask::new,
      Memory.IO_BOUND,
      110,
      "short calls; plans a restore of the set"),
  CLAIM_RESTORE(
      ClaimRestoreTask.class,
      ClaimRestoreTask::new,
      Memory.IO_BOUND,
      110,
      "a write for each of up to 128 volumes; plans again"),
  CLEAN_RESTORE(
      CleanRestoreTask.class,
      CleanRestoreTask::new,
      Memory.IO_BOUND,
      240,
      "up to 128 deletions, at 2 a second"),
  CREATE_SNAPSHOTS(
      CreateSnapshotsTask.class,
      CreateSnapshotsTask::new,
      Memory.CPU_BOUND,
      40,
      "one call of 10 s at most; guests are frozen"),
  CREATE_VOLUMES(
      CreateVolumesTask.class,
      CreateVolumesTask::new,
      Memory.IO_BOUND,
      110,
      "32 volumes, at 2 a second"),
  DELETE_SNAPSHOTS(
      DeleteSnapshotsTask.class,
      DeleteSnapshotsTask::new,
      Memory.IO_BOUND,
      540,
      "a batch of deletions, under their rate"),
  DEREGISTER_IMAGE(
      DeregisterImageTask.class,
      DeregisterImageTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
  DETACH_REPLACED(
      DetachReplacedTask.class,
      DetachReplacedTask::new,
      Memory.IO_BOUND,
      110,
      "32 volumes, at 2 a second"),
  DRY_RUN_SCRIPT(
      DryRunScriptTask.class,
      DryRunScriptTask::new,
      Memory.IO_BOUND,
      220,
      "30 s delivery, 120 s script, 10 s grace, a second try"),
  END_DRILL(
      EndDrillTask.class, EndDrillTask::new, Memory.IO_BOUND, 50, "short calls, each tried again"),
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
  LAUNCH_DRILL(
      LaunchDrillTask.class,
      LaunchDrillTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
  LAUNCH_INSTANCE(
      LaunchInstanceTask.class,
      LaunchInstanceTask::new,
      Memory.IO_BOUND,
      110,
      "tags 32 volumes, at 2 a second"),
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
  RECORD_DRILL(
      RecordDrillTask.class,
      RecordDrillTask::new,
      Memory.IO_BOUND,
      50,
      "short calls to the ledger"),
  RECORD_OUTCOME(
      RecordOutcomeTask.class,
      RecordOutcomeTask::new,
      Memory.IO_BOUND,
      110,
      "a write for each of up to 128 snapshots, tags"),
  RECORD_RESTORE(
      RecordRestoreTask.class,
      RecordRestoreTask::new,
      Memory.IO_BOUND,
      50,
      "short calls to the ledger"),
  RECORD_SNAPSHOTS(
      RecordSnapshotsTask.class,
      RecordSnapshotsTask::new,
      Memory.IO_BOUND,
      50,
      "a write for each of up to 128 snapshots"),
  REGISTER_IMAGE(
      RegisterImageTask.class,
      RegisterImageTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
  REPLACE_ROOT(
      ReplaceRootTask.class,
      ReplaceRootTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
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
  START_TARGET(
      StartTargetTask.class,
      StartTargetTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again; the instance is stopped"),
  STOP_INSTANCE(
      StopInstanceTask.class,
      StopInstanceTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
  STOP_TARGET(
      StopTargetTask.class,
      StopTargetTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
  SUMMARIZE_RUN(
      SummarizeRunTask.class,
      SummarizeRunTask::new,
      Memory.CPU_BOUND,
      110,
      "reads the whole run, thousands of rows"),
  SWEEP_DRILLS(
      SweepDrillsTask.class,
      SweepDrillsTask::new,
      Memory.IO_BOUND,
      240,
      "a step of each drill that broke off or left something"),
  SWEEP_RESTORES(
      SweepRestoresTask.class,
      SweepRestoresTask::new,
      Memory.IO_BOUND,
      240,
      "a step of each restore that broke off"),
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
  UNDO_RESTORE(
      UndoRestoreTask.class,
      UndoRestoreTask::new,
      Memory.IO_BOUND,
      110,
      "up to 128 volumes, at 2 a second"),
  VALIDATE_DRILL(
      ValidateDrillTask.class,
      ValidateDrillTask::new,
      Memory.IO_BOUND,
      50,
      "short calls, each tried again"),
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
