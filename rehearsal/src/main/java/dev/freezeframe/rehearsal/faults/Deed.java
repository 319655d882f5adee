package dev.freezeframe.rehearsal.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What goes wrong: the first word of the field {@code do}, and where it can. */
enum Deed {
  OFFLINE("offline", Argument.NONE, EnumSet.of(Where.AGENT)),
  EXIT("exit", Argument.CODE, EnumSet.of(Where.DRY_RUN, Where.PRE_SCRIPT, Where.POST_SCRIPT)),
  TIME_OUT(
      "time-out", Argument.NONE, EnumSet.of(Where.DRY_RUN, Where.PRE_SCRIPT, Where.POST_SCRIPT)),
  UNDELIVERED(
      "undelivered",
      Argument.DURATION_OR_NONE,
      EnumSet.of(Where.DRY_RUN, Where.PRE_SCRIPT, Where.POST_SCRIPT)),
  HANG("hang", Argument.NONE, EnumSet.of(Where.DRY_RUN, Where.PRE_SCRIPT, Where.POST_SCRIPT)),
  THROTTLE("throttle", Argument.NONE, EnumSet.of(Where.CREATE_SNAPSHOTS)),
  PENDING_QUOTA("pending-quota", Argument.NONE, EnumSet.of(Where.CREATE_SNAPSHOTS)),
  ERROR("error", Argument.NONE, EnumSet.of(Where.CREATE_SNAPSHOTS, Where.SNAPSHOT)),
  SLOW("slow", Argument.DURATION, EnumSet.of(Where.SNAPSHOT)),
  LOSE("lose", Argument.NONE, EnumSet.of(Where.EVENT)),
  DOUBLE("double", Argument.NONE, EnumSet.of(Where.EVENT)),
  DELAY("delay", Argument.DURATION, EnumSet.of(Where.EVENT)),
  EARLY("early", Argument.NONE, EnumSet.of(Where.EVENT)),
  CRASH_BEFORE("crash-before", Argument.NONE, EnumSet.of(Where.TASK)),
  CRASH_AFTER("crash-after", Argument.NONE, EnumSet.of(Where.TASK)),
  ABORT("abort", Argument.NONE, EnumSet.of(Where.EXECUTION));

  private final String word;
  private final Argument argument;

  @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
  private final Set<Where> places;

  Deed(String word, Argument argument, Set<Where> places) {
    this.word = word;
    this.argument = argument;
    this.places = places;
  }

  Argument argument() {
    return argument;
  }

  String word() {
    return word;
  }

  static List<Deed> at(Where where) {
    return Arrays.stream(values()).filter(deed -> deed.places.contains(where)).toList();
  }

  /** An example of each value that {@code do} can have at a place. */
  static List<String> forms(Where where) {
    return at(where).stream().map(deed -> deed.word + deed.argument.example()).toList();
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
