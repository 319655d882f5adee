package dev.freezeframe.rehearsal.simulation;

import static dev.freezeframe.rehearsal.faults.InjectionPoint.AGENT;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.BUS;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.BY_HAND;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.CALL;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.CREATE_SNAPSHOTS;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.DYNAMODB;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.EC2;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.EVENT;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.EXECUTION;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.SCHEDULE;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.SCRIPT;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.SNAPSHOT;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.SSM;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.TASK;

import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.faults.InjectionPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What can go wrong in a simulation, a row for each kind. The order of the rows is part of every
 * seed.
 */
enum FaultType {
  AGENT_AWAY(AGENT, FaultAction.OFFLINE),
  SCRIPT_EXITS(SCRIPT, FaultAction.EXIT_ANY),
  SCRIPT_RUNS_ON(SCRIPT, FaultAction.TIME_OUT),
  SCRIPT_HANGS(SCRIPT, FaultAction.HANG),
  SCRIPT_LATE(SCRIPT, FaultAction.LATE, 1, Span.SOON, Length.minutes(10), Rates.ANY),
  SCRIPT_LOST(SCRIPT, FaultAction.UNDELIVERED),
  EC2_THROTTLED(EC2, FaultAction.EC2_THROTTLE),
  EC2_FAILS(EC2, FaultAction.EC2_ERROR),
  QUOTA_FULL(CREATE_SNAPSHOTS, FaultAction.PENDING_QUOTA),
  SSM_THROTTLED(SSM, FaultAction.SSM_THROTTLE),
  DYNAMO_THROTTLED(DYNAMODB, FaultAction.DYNAMODB_THROTTLE),
  DYNAMO_CONFLICT(DYNAMODB, FaultAction.DYNAMODB_CONFLICT),
  CALL_LOST(CALL, FaultAction.CALL_LOSE),
  ANSWER_LOST(CALL, FaultAction.CALL_LOSE_ANSWER),
  SET_UNANSWERED(
      CREATE_SNAPSHOTS, FaultAction.UNANSWERED, 1, Span.FIRST_TRIES, Length.LONG, Rates.OFTEN),
  CALL_SLOW(CALL, FaultAction.CALL_SLOW, 1, Span.SOON, Length.minutes(4), Rates.ANY),
  DIES_BEFORE_CALL(CALL, FaultAction.CALL_CRASH_BEFORE),
  DIES_AFTER_CALL(CALL, FaultAction.CALL_CRASH_AFTER),
  FUNCTION_DIES_FIRST(TASK, FaultAction.CRASH_BEFORE),
  FUNCTION_DIES_LAST(TASK, FaultAction.CRASH_AFTER),
  FUNCTION_INACTIVE(TASK, FaultAction.NOT_READY, 1, Span.SOON, Length.minutes(5), Rates.ANY),
  SNAPSHOT_FAILS(SNAPSHOT, FaultAction.SNAPSHOT_ERROR),
  SNAPSHOT_SLOW(SNAPSHOT, FaultAction.SLOW, 1, Span.SOON, Length.minutes(14 * 60), Rates.ANY),
  SNAPSHOT_EARLY(EVENT, FaultAction.EARLY),
  EVENT_LOST(BUS, FaultAction.BUS_LOSE),
  EVENT_TWICE(BUS, FaultAction.BUS_TWICE),
  EVENT_LATE(BUS, FaultAction.BUS_DELAY),
  SCHEDULE_TWICE(SCHEDULE, FaultAction.SCHEDULE_TWICE, 1, Span.SOON, Length.minutes(30), Rates.ANY),
  SCHEDULE_LATE(SCHEDULE, FaultAction.SCHEDULE_DELAY, 1, Span.SOON, Length.minutes(30), Rates.ANY),
  ABORTED(EXECUTION, FaultAction.ABORT),
  ABORTED_IN_A_CALL(CALL, FaultAction.CALL_ABORT),
  ALL_ABORTED(BY_HAND, FaultAction.ABORT_ALL),
  REDRIVEN(BY_HAND, FaultAction.REDRIVE_ALL),
  STOPPED(BY_HAND, FaultAction.STOP),
  TERMINATED(BY_HAND, FaultAction.TERMINATE),
  DETACHED(BY_HAND, FaultAction.DETACH),
  UNTAGGED(BY_HAND, FaultAction.UNTAG),
  LIFETIME_TAGGED(BY_HAND, FaultAction.LIFETIME),
  SNAPSHOT_DELETED(
      BY_HAND, FaultAction.DELETE_SNAPSHOT, 1, Span.HALF_A_DAY, Length.LONG, Rates.ANY),
  SNAPSHOT_UNTAGGED(
      BY_HAND, FaultAction.UNTAG_SNAPSHOT, 1, Span.HALF_A_DAY, Length.LONG, Rates.ANY),
  OTHERS_SNAPSHOT(BY_HAND, FaultAction.OTHER_SNAPSHOTS),
  PINNED(BY_HAND, FaultAction.PIN_SNAPSHOT, 1, Span.HALF_A_DAY, Length.LONG, Rates.ANY),
  LOCKED(BY_HAND, FaultAction.LOCK_SNAPSHOT, 1, Span.HALF_A_DAY, Length.LONG, Rates.ANY),
  IN_IMAGE(BY_HAND, FaultAction.IMAGE_SNAPSHOT, 1, Span.HALF_A_DAY, Length.LONG, Rates.ANY),
  /** Or back. */
  CLOCK_SET(BY_HAND, FaultAction.CLOCK_AHEAD, 1, Span.SOON, Length.minutes(10), Rates.ANY),
  STOP_SLOW(
      InjectionPoint.STOP, FaultAction.STOP_SLOW, 0, Span.SOON, Length.minutes(60), Rates.OFTEN),
  NO_CAPACITY(InjectionPoint.START, FaultAction.CAPACITY, 0, Span.SOON, Length.LONG, Rates.OFTEN),
  START_FAILS(InjectionPoint.START, FaultAction.START_FAILS, 0, Span.SOON, Length.LONG, Rates.ANY),
  STARTED_BY_HAND(BY_HAND, FaultAction.START, 0, Span.SOON, Length.LONG, Rates.ANY),
  ALARM_RINGS(FaultAction.IN_ALARM),
  ALARM_LACKS_DATA(FaultAction.INSUFFICIENT_DATA),
  ALARM_MISSING(FaultAction.MISSING),
  ALARMS_THROTTLED(FaultAction.ALARM_THROTTLE),
  ALARMS_FAIL(FaultAction.ALARM_ERROR),
  BUSY(InjectionPoint.UNMOUNT, FaultAction.BUSY, 0, Span.SOON, Length.LONG, Rates.ANY),
  RESTORED_TO_VOLUMES(BY_HAND, FaultAction.RESTORE_VOLUMES, Span.HALF_A_DAY),
  RESTORED_TO_INSTANCE(BY_HAND, FaultAction.RESTORE_INSTANCE, Span.HALF_A_DAY),
  RESTORED_TO_NEW(BY_HAND, FaultAction.RESTORE_NEW, Span.HALF_A_DAY),
  RESTORED_IN_PLACE(BY_HAND, FaultAction.RESTORE_IN_PLACE, Span.HALF_A_DAY),
  ROOT_RESTORED(BY_HAND, FaultAction.RESTORE_ROOT, Span.HALF_A_DAY),
  VOLUME_KEY_DISABLED(InjectionPoint.CREATE_VOLUME, FaultAction.KMS_DISABLED, Span.HALF_A_DAY),
  NO_VOLUME_CAPACITY(InjectionPoint.CREATE_VOLUME, FaultAction.VOLUME_CAPACITY, Span.HALF_A_DAY),
  VOLUME_ANSWER_LOST(InjectionPoint.CREATE_VOLUME, FaultAction.LOSE_ANSWER, Span.HALF_A_DAY),
  ATTACHMENTS_FULL(InjectionPoint.ATTACH_VOLUME, FaultAction.ATTACHMENT_LIMIT, Span.HALF_A_DAY),
  ATTACH_ANSWER_LOST(InjectionPoint.ATTACH_VOLUME, FaultAction.LOSE_ANSWER, Span.HALF_A_DAY),
  DETACHMENT_BUSY(InjectionPoint.DETACH_VOLUME, FaultAction.DETACHMENT_BUSY, Span.HALF_A_DAY),
  LAUNCH_FAILS(InjectionPoint.RUN_INSTANCES, FaultAction.LAUNCH_FAILS, Span.HALF_A_DAY),
  LAUNCH_ANSWER_LOST(InjectionPoint.RUN_INSTANCES, FaultAction.LOSE_ANSWER, Span.HALF_A_DAY),
  ROOT_ANSWER_LOST(InjectionPoint.REPLACE_ROOT, FaultAction.LOSE_ANSWER, Span.HALF_A_DAY),
  DRY_RUN_EXITS(InjectionPoint.DRILL_DRY_RUN, FaultAction.EXIT_ANY, Span.HALF_A_DAY),
  DRY_RUN_HANGS(InjectionPoint.DRILL_DRY_RUN, FaultAction.HANG, Span.HALF_A_DAY),
  DRY_RUN_LOST(InjectionPoint.DRILL_DRY_RUN, FaultAction.UNDELIVERED, Span.HALF_A_DAY),
  VALIDATION_EXITS(InjectionPoint.VALIDATE, FaultAction.EXIT_ANY, Span.HALF_A_DAY),
  VALIDATION_HANGS(InjectionPoint.VALIDATE, FaultAction.HANG, Span.HALF_A_DAY),
  VALIDATION_RUNS_ON(InjectionPoint.VALIDATE, FaultAction.TIME_OUT, Span.HALF_A_DAY),
  VALIDATION_LOST(InjectionPoint.VALIDATE, FaultAction.UNDELIVERED, Span.HALF_A_DAY),
  VALIDATION_SLOW(InjectionPoint.VALIDATE, FaultAction.SCRIPT_SLOW, Span.HALF_A_DAY),
  DATA_UNREADABLE(SNAPSHOT, FaultAction.UNREADABLE, Span.HALF_A_DAY),
  DATA_DAMAGED(SNAPSHOT, FaultAction.DAMAGED, Span.HALF_A_DAY),
  BOOT_HANGS(InjectionPoint.RUN_INSTANCES, FaultAction.BOOT_HANGS, Span.HALF_A_DAY),
  NO_AGENT(InjectionPoint.RUN_INSTANCES, FaultAction.NO_AGENT, Span.HALF_A_DAY),
  NO_LAUNCH_CAPACITY(InjectionPoint.RUN_INSTANCES, FaultAction.LAUNCH_CAPACITY, Span.HALF_A_DAY),
  LAUNCHES_FULL(InjectionPoint.RUN_INSTANCES, FaultAction.LAUNCH_LIMIT, Span.HALF_A_DAY),
  LAUNCH_KEY_DISABLED(InjectionPoint.RUN_INSTANCES, FaultAction.KMS_DISABLED, Span.HALF_A_DAY);

  private final InjectionPoint place;
  private final FaultAction action;
  private final int weight;
  private final Duration span;
  private final Duration longest;

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
  private final List<Integer> percentages;

  FaultType(InjectionPoint place, FaultAction action) {
    this(place, action, 1, Span.SOON, Length.LONG, Rates.ANY);
  }

  /** A row of alarms, which only {@link StopDrawing} draws. */
  FaultType(FaultAction action) {
    this(InjectionPoint.ALARM, action, 0, Span.SOON, Length.LONG, Rates.ANY);
  }

  /** A row that only {@link RestoreDrawing} or {@link DrillDrawing} draws. */
  FaultType(InjectionPoint place, FaultAction action, Duration span) {
    this(place, action, 0, span, Length.LONG, Rates.ANY);
  }

  /**
   * A row.
   *
   * @param weight how likely it is drawn, compared with others; 0: only where a policy stops
   *     instances, unmounts, restores or drills: {@link StopDrawing}, {@link UnmountDrawing},
   *     {@link RestoreDrawing}, {@link DrillDrawing}
   * @param span how long after a firing it begins at the latest
   * @param longest how late or slow it makes anything, or how long until it is undone
   * @param percentages of its occasions, one of which is drawn
   */
  FaultType(
      InjectionPoint place,
      FaultAction action,
      int weight,
      Duration span,
      Duration longest,
      List<Integer> percentages) {
    this.place = place;
    this.action = action;
    this.weight = weight;
    this.span = span;
    this.longest = longest;
    this.percentages = percentages;
  }

  InjectionPoint place() {
    return place;
  }

  FaultAction action() {
    return action;
  }

  Duration span() {
    return span;
  }

  Duration longest() {
    return longest;
  }

  List<Integer> percentages() {
    return percentages;
  }

  /** Whether someone does it at an instant, and not at some of its occasions in a span of time. */
  boolean byHand() {
    return place == BY_HAND;
  }

  /** Whether it is of no instance. */
  boolean everywhere() {
    return this == ALL_ABORTED
        || this == REDRIVEN
        || this == OTHERS_SNAPSHOT
        || place == InjectionPoint.ALARM;
  }

  /** Whether it is so for as long as it lasts, and not now and then. */
  boolean stands() {
    return place == InjectionPoint.SCHEDULE
        || (byHand() && this != OTHERS_SNAPSHOT)
        || action.isNamed();
  }

  /** Whether only documents with a timer of their own get over it. */
  boolean wantsTimer() {
    return this == SCRIPT_HANGS || this == EVENT_LOST || this == FUNCTION_INACTIVE;
  }

  /**
   * All of them in a random order, those of more weight rather earlier.
   *
   * @param timer whether every document has a timer of its own
   */
  static List<FaultType> shuffled(long seed, boolean timer) {
    List<FaultType> lots = new ArrayList<>();
    for (FaultType type : values()) {
      if (timer || !type.wantsTimer()) {
        lots.addAll(Collections.nCopies(type.weight, type));
      }
    }
    Collections.shuffle(lots, new Random(seed));
    return lots.stream().distinct().toList();
  }

  private static final class Span {
    private static final Duration SOON = Duration.ofMinutes(20);
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    /** Of the first tries, one call each, not of what comes after them. */
    private static final Duration FIRST_TRIES = Duration.ofSeconds(10);
  }

  private static final class Length {
    private static final Duration LONG = Duration.ofHours(6);

    private static Duration minutes(int minutes) {
      return Duration.ofMinutes(minutes);
    }
  }

  private static final class Rates {
    private static final List<Integer> ANY = List.of(2, 10, 30, 60, 100);
    private static final List<Integer> OFTEN = List.of(30, 60, 100);
  }
}
