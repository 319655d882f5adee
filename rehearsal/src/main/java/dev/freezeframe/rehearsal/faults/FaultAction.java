package dev.freezeframe.rehearsal.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What goes wrong: the first word of the field {@code do}, and where it can. */
enum FaultAction {
  OFFLINE(
      "offline",
      Argument.NONE,
      EnumSet.of(InjectionPoint.AGENT),
      "Systems Manager describes the agent as ConnectionLost"),
  EXIT(
      "exit",
      Argument.CODE,
      EnumSet.of(InjectionPoint.DRY_RUN, InjectionPoint.PRE_SCRIPT, InjectionPoint.POST_SCRIPT),
      "the script exits with that code, 1 to 255, before it does anything"),
  TIME_OUT(
      "time-out",
      Argument.NONE,
      EnumSet.of(InjectionPoint.DRY_RUN, InjectionPoint.PRE_SCRIPT, InjectionPoint.POST_SCRIPT),
      "the script does what it should, and runs on"),
  UNDELIVERED(
      "undelivered",
      Argument.DURATION_OR_NONE,
      EnumSet.of(InjectionPoint.DRY_RUN, InjectionPoint.PRE_SCRIPT, InjectionPoint.POST_SCRIPT),
      "the command does not reach the guest; with a duration, none does for so long"),
  HANG(
      "hang",
      Argument.NONE,
      EnumSet.of(InjectionPoint.DRY_RUN, InjectionPoint.PRE_SCRIPT, InjectionPoint.POST_SCRIPT),
      "the command never answers: a pre-script has frozen, a post-script has not thawed"),
  THROTTLE(
      "throttle",
      Argument.NONE,
      EnumSet.of(InjectionPoint.CREATE_SNAPSHOTS),
      "RequestLimitExceeded, nothing is created"),
  PENDING_QUOTA(
      "pending-quota",
      Argument.NONE,
      EnumSet.of(InjectionPoint.CREATE_SNAPSHOTS),
      "PendingSnapshotLimitExceeded, nothing is created"),
  ERROR(
      "error",
      Argument.NONE,
      EnumSet.of(InjectionPoint.CREATE_SNAPSHOTS, InjectionPoint.SNAPSHOT),
      "it fails: the call with InternalError, a set with its last snapshot"),
  SLOW(
      "slow",
      Argument.DURATION,
      EnumSet.of(InjectionPoint.SNAPSHOT),
      "the last snapshot of the set takes that long"),
  LOSE(
      "lose",
      Argument.NONE,
      EnumSet.of(InjectionPoint.EVENT),
      "the events of the set and of its snapshots never come"),
  DOUBLE("double", Argument.NONE, EnumSet.of(InjectionPoint.EVENT), "they come twice"),
  DELAY("delay", Argument.DURATION, EnumSet.of(InjectionPoint.EVENT), "they come that much later"),
  EARLY(
      "early",
      Argument.NONE,
      EnumSet.of(InjectionPoint.EVENT),
      "they are out before CreateSnapshots answers"),
  CRASH_BEFORE(
      "crash-before",
      Argument.NONE,
      EnumSet.of(InjectionPoint.TASK),
      "the function named by 'task' dies before it does anything"),
  CRASH_AFTER(
      "crash-after",
      Argument.NONE,
      EnumSet.of(InjectionPoint.TASK),
      "it dies when all is done, and answers nothing"),
  NOT_READY(
      "not-ready",
      Argument.DURATION_OR_NONE,
      EnumSet.of(InjectionPoint.TASK),
      "it is inactive: Lambda refuses it for that long, or for 150 s, from its next invocation"),
  ABORT(
      "abort",
      Argument.NONE,
      EnumSet.of(InjectionPoint.EXECUTION),
      "someone aborts the execution when it leaves the state named by 'after'");

  private final String word;
  private final Argument argument;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
  private final Set<InjectionPoint> places;

  FaultAction(String word, Argument argument, Set<InjectionPoint> places, String meaning) {
    this.word = word;
    this.argument = argument;
    this.places = places;
    this.meaning = meaning;
  }

  Argument argument() {
    return argument;
  }

  String word() {
    return word;
  }

  /** What happens, in few words; docs/rehearsal.md has more. */
  String meaning() {
    return meaning;
  }

  /** The value of {@code do} as help shows it, such as {@code undelivered [30m]}. */
  String usage() {
    return argument == Argument.DURATION_OR_NONE
        ? "%s [%s]".formatted(word, Argument.DURATION.example().strip())
        : word + argument.example();
  }

  static List<FaultAction> at(InjectionPoint where) {
    return Arrays.stream(values()).filter(action -> action.places.contains(where)).toList();
  }

  /** An example of each value that {@code do} can have at a place. */
  static List<String> forms(InjectionPoint where) {
    return at(where).stream().map(action -> action.word + action.argument.example()).toList();
  }

  /** What follows the word. */
  enum Argument {
    NONE(""),
    CODE(" 201"),
    DURATION(" 30m"),
    DURATION_OR_NONE("");

    private final String example;

    Argument(String example) {
      this.example = example;
    }

    String example() {
      return example;
    }
  }
}
