package dev.freezeframe.rehearsal.faults;

import static dev.freezeframe.rehearsal.faults.InjectionPoint.ALARM;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.BUS;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.BY_HAND;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.CALL;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.CREATE_SNAPSHOTS;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.DYNAMODB;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.EC2;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.EVENT;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.EXECUTION;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.SCHEDULE;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.SNAPSHOT;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.SSM;
import static dev.freezeframe.rehearsal.faults.InjectionPoint.TASK;

import dev.freezeframe.rehearsal.faults.FaultArgument.Form;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What goes wrong, and where it can: the first word of the field {@code do}. A place has each word
 * once; the same word may mean something else at another place.
 *
 * <p>Of several entries with {@code percent} for one occasion, simulations draw in this order.
 */
public enum FaultAction {
  OFFLINE(InjectionPoint.AGENT, "offline", "Systems Manager describes the agent as ConnectionLost"),
  EXIT(
      InjectionPoint.SCRIPTS,
      "exit",
      Form.CODE,
      "the script exits with that code, 1 to 255, before it does anything"),
  EXIT_ANY(
      InjectionPoint.SCRIPTS,
      "exit-any",
      Form.NONE,
      "it exits with a random code of those that documents use"),
  HANG(
      InjectionPoint.SCRIPTS,
      "hang",
      Form.NONE,
      "the command never answers: a pre-script has frozen, a post-script has not thawed"),
  TIME_OUT(
      InjectionPoint.SCRIPTS, "time-out", Form.NONE, "the script does what it should, and runs on"),
  UNDELIVERED(
      InjectionPoint.SCRIPTS,
      "undelivered",
      Form.DURATION_OR_NONE,
      "the command does not reach the guest; with a duration, none does for so long"),
  LATE(
      InjectionPoint.SCRIPTS,
      "late",
      Form.DURATION,
      "the command reaches the guest that much later"),
  THROTTLE(CREATE_SNAPSHOTS, "throttle", "RequestLimitExceeded, nothing is created"),
  PENDING_QUOTA(
      CREATE_SNAPSHOTS, "pending-quota", "PendingSnapshotLimitExceeded, nothing is created"),
  ERROR(CREATE_SNAPSHOTS, "error", "InternalError with status 500, nothing is created"),
  UNANSWERED(
      CREATE_SNAPSHOTS,
      "unanswered",
      "the set is taken, and at random the answer lost or the function dead"),
  SNAPSHOT_ERROR(SNAPSHOT, "error", "the last snapshot of the set fails, and the set with it"),
  SLOW(SNAPSHOT, "slow", Form.DURATION, "the last snapshot of the set takes that long"),
  LOSE(EVENT, "lose", "the events of the set and of its snapshots never come"),
  DOUBLE(EVENT, "double", "they come twice"),
  DELAY(EVENT, "delay", Form.DURATION, "they come that much later"),
  EARLY(EVENT, "early", "they are out before CreateSnapshots answers"),
  CRASH_BEFORE(TASK, "crash-before", "the function named by 'task' dies before it does anything"),
  CRASH_AFTER(TASK, "crash-after", "it dies when all is done, and answers nothing"),
  NOT_READY(
      TASK,
      "not-ready",
      Form.DURATION_OR_NONE,
      "it is inactive: Lambda refuses it for that long, or for 150 s, from its next invocation"),
  ABORT(
      EXECUTION, "abort", "someone aborts the execution when it leaves the state named by 'after'"),
  CALL_CRASH_BEFORE(CALL, "crash-before", "the function dies before a call"),
  CALL_SLOW(
      CALL, "slow", Form.DURATION, "a call takes that much longer; after 10 s it is given up"),
  CALL_LOSE(CALL, "lose", "a call never arrives; it is given up after 10 s"),
  CALL_ABORT(CALL, "abort", "someone aborts the execution during a call that changes something"),
  CALL_CRASH_AFTER(CALL, "crash-after", "the function dies after a call"),
  CALL_LOSE_ANSWER(CALL, "lose-answer", "a call changes something, and its answer is lost"),
  EC2_THROTTLE(EC2, "throttle", "RequestLimitExceeded, nothing is done"),
  EC2_ERROR(EC2, "error", "InternalError with status 500, nothing is done"),
  SSM_THROTTLE(SSM, "throttle", "ThrottlingException, nothing is done"),
  SSM_ERROR(SSM, "error", "InternalServerError with status 500, nothing is done"),
  DYNAMODB_THROTTLE(DYNAMODB, "throttle", "ThrottlingException, nothing is done"),
  DYNAMODB_ERROR(DYNAMODB, "error", "InternalServerError with status 500, nothing is done"),
  DYNAMODB_CONFLICT(DYNAMODB, "conflict", "TransactionConflictException: a write meets another"),
  BUS_LOSE(BUS, "lose", "an event, whosever it is, never comes"),
  BUS_DELAY(BUS, "delay", Form.DURATION, "it comes that much later, after later ones"),
  BUS_TWICE(BUS, "twice", Form.DURATION, "it comes again that much later"),
  SCHEDULE_DELAY(SCHEDULE, "delay", Form.DURATION, "the Scheduler fires that much later"),
  SCHEDULE_TWICE(SCHEDULE, "twice", Form.DURATION, "it fires again that much later"),
  BUSY(
      InjectionPoint.UNMOUNT,
      "busy",
      "a process keeps a file open: nothing is unmounted, the pre-script exits 201, a dry run 206"),
  STOP_SLOW(
      InjectionPoint.STOP, "slow", Form.DURATION, "an instance takes that much longer to stop"),
  CAPACITY(
      InjectionPoint.START, "capacity", "InsufficientInstanceCapacity, the instance stays stopped"),
  START_FAILS(
      InjectionPoint.START,
      "fails",
      "the start is accepted, and the instance goes from pending back to stopped"),
  IN_ALARM(ALARM, "in-alarm", Form.NAME, "the CloudWatch alarm of that name is in ALARM"),
  INSUFFICIENT_DATA(ALARM, "insufficient-data", Form.NAME, "it has too little data to be judged"),
  MISSING(ALARM, "missing", Form.NAME, "there is no alarm of that name"),
  ALARM_THROTTLE(ALARM, "throttle", "DescribeAlarms is refused: Rate exceeded"),
  ALARM_ERROR(ALARM, "error", "DescribeAlarms fails with status 500"),
  KMS_DISABLED(
      EnumSet.of(
          InjectionPoint.CREATE_VOLUME, InjectionPoint.RUN_INSTANCES, InjectionPoint.REPLACE_ROOT),
      "kms-disabled",
      Form.NONE,
      "it is accepted, and EBS finds the key of a volume disabled"),
  VOLUME_CAPACITY(
      InjectionPoint.CREATE_VOLUME, "capacity", "InsufficientVolumeCapacity, nothing is created"),
  VOLUME_LIMIT(InjectionPoint.CREATE_VOLUME, "limit", "VolumeLimitExceeded, nothing is created"),
  VOLUME_SLOW(
      InjectionPoint.CREATE_VOLUME, "slow", Form.DURATION, "a volume takes that much longer"),
  ATTACHMENT_LIMIT(
      InjectionPoint.ATTACH_VOLUME, "limit", "AttachmentLimitExceeded, nothing is attached"),
  ATTACHMENT_SLOW(
      InjectionPoint.ATTACH_VOLUME, "slow", Form.DURATION, "it is attaching that much longer"),
  DETACHMENT_BUSY(
      InjectionPoint.DETACH_VOLUME,
      "busy",
      Form.DURATION,
      "the attachment is busy that long, even of an instance that is stopped"),
  LAUNCH_CAPACITY(
      InjectionPoint.RUN_INSTANCES,
      "capacity",
      "InsufficientInstanceCapacity, nothing is launched"),
  LAUNCH_FAILS(
      InjectionPoint.RUN_INSTANCES,
      "fails",
      "it is accepted, and the instance terminated for want of capacity"),
  LAUNCH_LIMIT(InjectionPoint.RUN_INSTANCES, "limit", "InstanceLimitExceeded, nothing is launched"),
  LOSE_ANSWER(
      EnumSet.range(InjectionPoint.CREATE_VOLUME, InjectionPoint.REPLACE_ROOT),
      "lose-answer",
      Form.NONE,
      "it is carried out, and its answer lost"),
  ABORT_ALL(
      BY_HAND,
      "abort-all",
      Form.DURATION,
      "someone aborts all that runs, and redrives it after that long"),
  REDRIVE_ALL(BY_HAND, "redrive-all", "someone redrives all that has failed"),
  STOP(BY_HAND, "stop", Form.DURATION, "the instance is stopped, and started after that long"),
  START(BY_HAND, "start", "the instance is started as soon as it is stopped, within an hour"),
  TERMINATE(BY_HAND, "terminate", "the instance is terminated"),
  DETACH(
      BY_HAND,
      "detach",
      Form.DURATION,
      "its last volume is detached, and attached after that long"),
  UNTAG(BY_HAND, "untag", Form.DURATION, "it loses its tag 'snapshot', and has it after that long"),
  LIFETIME(BY_HAND, "lifetime", Form.DAYS, "it gets the tag 'snaplifetime' with so many days"),
  CLOCK_AHEAD(BY_HAND, "clock-ahead", Form.DURATION, "its guest's clock is put ahead"),
  CLOCK_BACK(BY_HAND, "clock-back", Form.DURATION, "its guest's clock is put back"),
  KEYS_DISABLED(
      BY_HAND,
      "kms-disabled",
      Form.DURATION,
      "the keys of its volumes and snapshots are disabled, and enabled after that long"),
  DELETE_SNAPSHOT(BY_HAND, "delete-snapshot", "a random snapshot of the instance is deleted"),
  UNTAG_SNAPSHOT(BY_HAND, "untag-snapshot", "one loses the tags of its run and its set"),
  PIN_SNAPSHOT(BY_HAND, "pin-snapshot", "one is pinned"),
  LOCK_SNAPSHOT(BY_HAND, "lock-snapshot", "one is locked"),
  IMAGE_SNAPSHOT(BY_HAND, "image-snapshot", "an image is registered on one"),
  OTHER_SNAPSHOTS(
      BY_HAND,
      "other-snapshots",
      Form.DURATION,
      "another tool takes snapshots, 'percent' of the quota, pending for that long"),
  RESTORE_VOLUMES(BY_HAND, "restore-volumes", "a set of it is restored to volumes"),
  RESTORE_INSTANCE(BY_HAND, "restore-instance", "a set of it is restored beside its volumes"),
  RESTORE_NEW(BY_HAND, "restore-new", "a set of it is restored to a new instance"),
  RESTORE_IN_PLACE(BY_HAND, "restore-in-place", "a set of it is restored in place"),
  RESTORE_ROOT(BY_HAND, "restore-root", "its root is restored of a set"),
  SCRIPT_SLOW(
      EnumSet.of(InjectionPoint.DRILL_DRY_RUN, InjectionPoint.VALIDATE),
      "slow",
      Form.DURATION,
      "the script takes that much longer, and gives up by itself after its 'timeoutSeconds'"),
  UNREADABLE(
      SNAPSHOT, "unreadable", "the file system of the last snapshot of the set cannot be mounted"),
  DAMAGED(SNAPSHOT, "damaged", "it can be mounted, and a check of it finds damage"),
  BOOT_HANGS(
      InjectionPoint.RUN_INSTANCES,
      "hangs",
      "the instance runs, its operating system never comes up: neither user data nor agent"),
  NO_AGENT(
      InjectionPoint.RUN_INSTANCES,
      "no-agent",
      "its agent never registers with Systems Manager; its user data runs");

  private final String word;
  private final Form form;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
  private final Set<InjectionPoint> places;

  FaultAction(InjectionPoint place, String word, String meaning) {
    this(place, word, Form.NONE, meaning);
  }

  FaultAction(InjectionPoint place, String word, Form form, String meaning) {
    this(EnumSet.of(place), word, form, meaning);
  }

  FaultAction(Set<InjectionPoint> places, String word, Form form, String meaning) {
    this.word = word;
    this.form = form;
    this.places = places;
    this.meaning = meaning;
  }

  Form form() {
    return form;
  }

  String word() {
    return word;
  }

  /** What happens, in few words; docs/rehearsal.md has more. */
  public String meaning() {
    return meaning;
  }

  /** The value of {@code do} as help shows it, such as {@code undelivered [30m]}. */
  String usage() {
    return form == Form.DURATION_OR_NONE
        ? "%s [%s]".formatted(word, Form.DURATION.example().strip())
        : word + form.example();
  }

  boolean canHappenAt(InjectionPoint where) {
    return places.contains(where);
  }

  /** Whether it is of an account or of all of it, and never of one instance. */
  boolean ofNoInstance() {
    return canHappenAt(BUS)
        || canHappenAt(SCHEDULE)
        || canHappenAt(ALARM)
        || this == ABORT_ALL
        || this == REDRIVE_ALL
        || this == OTHER_SNAPSHOTS;
  }

  /** Whether its argument is the name of what it concerns. */
  public boolean isNamed() {
    return form == Form.NAME;
  }

  /** Whether it wants a duration: how long, how late, or until it is undone. */
  public boolean lasts() {
    return form == Form.DURATION;
  }

  /** Whether it is an accident, which happens once unless more is said. */
  boolean accident(boolean lasts) {
    return switch (this) {
      case CRASH_BEFORE, CRASH_AFTER, NOT_READY, ABORT -> true;
      case UNDELIVERED -> lasts;
      default -> false;
    };
  }

  static List<FaultAction> at(InjectionPoint where) {
    return Arrays.stream(values()).filter(action -> action.canHappenAt(where)).toList();
  }

  static Optional<FaultAction> of(InjectionPoint where, String word) {
    return at(where).stream().filter(action -> action.word.equals(word)).findFirst();
  }

  /** An example of each value that {@code do} can have at a place. */
  static List<String> forms(InjectionPoint where) {
    return at(where).stream().map(action -> action.word + action.form.example()).toList();
  }

  /** The place and the word, such as {@code ec2 throttle}; of several places the first. */
  @Override
  public String toString() {
    return places.iterator().next() + " " + word;
  }
}
