package dev.freezeframe.rehearsal.simulation;

/** What can go wrong in a simulation. */
public enum FaultType {
  AGENT_AWAY(Occasion.EACH_TIME, "the agent is away"),
  SCRIPT_EXITS(Occasion.EACH_TIME, "a script exits with a code of its own"),
  SCRIPT_RUNS_ON(Occasion.EACH_TIME, "a script does its work and runs on"),
  SCRIPT_HANGS(Occasion.EACH_TIME, "a script never answers"),
  SCRIPT_LATE(Occasion.EACH_TIME, "a script reaches the guest late"),
  SCRIPT_LOST(Occasion.EACH_TIME, "a script never reaches the guest"),
  EC2_THROTTLED(Occasion.EACH_TIME, "EC2 throttles"),
  EC2_FAILS(Occasion.EACH_TIME, "EC2 answers 500"),
  QUOTA_FULL(Occasion.EACH_TIME, "the quota of pending snapshots is full"),
  SSM_THROTTLED(Occasion.EACH_TIME, "Systems Manager throttles"),
  DYNAMO_THROTTLED(Occasion.EACH_TIME, "DynamoDB throttles"),
  DYNAMO_CONFLICT(Occasion.EACH_TIME, "a write to DynamoDB meets another"),
  CALL_LOST(Occasion.EACH_TIME, "a call never arrives"),
  ANSWER_LOST(Occasion.EACH_TIME, "a call is carried out and its answer lost"),
  SET_UNANSWERED(
      Occasion.EACH_TIME, "a snapshot set is taken, and the answer lost or its function dead"),
  CALL_SLOW(Occasion.EACH_TIME, "a call takes long"),
  DIES_BEFORE_CALL(Occasion.EACH_TIME, "the function dies before a call"),
  DIES_AFTER_CALL(Occasion.EACH_TIME, "the function dies after a call"),
  FUNCTION_DIES_FIRST(Occasion.EACH_TIME, "the function dies before it does anything"),
  FUNCTION_DIES_LAST(Occasion.EACH_TIME, "the function dies when all is done"),
  FUNCTION_INACTIVE(
      Occasion.EACH_TIME, "Lambda recycles a function, which is not ready for minutes"),
  SNAPSHOT_FAILS(Occasion.EACH_TIME, "a snapshot set ends in error"),
  SNAPSHOT_SLOW(Occasion.EACH_TIME, "a snapshot takes long"),
  SNAPSHOT_EARLY(Occasion.EACH_TIME, "a set completes before its call is answered"),
  EVENT_LOST(Occasion.EACH_TIME, "an event is lost"),
  EVENT_TWICE(Occasion.EACH_TIME, "an event comes twice"),
  EVENT_LATE(Occasion.EACH_TIME, "an event is late, after later ones"),
  SCHEDULE_TWICE(Occasion.EACH_TIME, "the Scheduler fires twice"),
  SCHEDULE_LATE(Occasion.EACH_TIME, "the Scheduler fires late"),
  ABORTED(Occasion.EACH_TIME, "someone aborts an execution between two states"),
  ABORTED_IN_A_CALL(
      Occasion.EACH_TIME,
      "someone aborts an execution while a call of it is under way, and redrives it soon"),
  ALL_ABORTED(Occasion.ONCE, "someone aborts all that runs, and redrives it later"),
  REDRIVEN(Occasion.ONCE, "someone redrives all that has failed"),
  STOPPED(Occasion.ONCE, "an instance is stopped, and started later"),
  TERMINATED(Occasion.ONCE, "an instance is terminated"),
  DETACHED(Occasion.ONCE, "a volume is detached, and attached later"),
  UNTAGGED(Occasion.ONCE, "an instance loses its tag, and gets it back later"),
  LIFETIME_TAGGED(Occasion.ONCE, "an instance gets a tag with a lifetime"),
  SNAPSHOT_DELETED(Occasion.ONCE, "a snapshot is deleted by hand"),
  SNAPSHOT_UNTAGGED(Occasion.ONCE, "a snapshot loses our tags by hand"),
  OTHERS_SNAPSHOT(Occasion.ONCE, "another tool takes snapshots"),
  PINNED(Occasion.ONCE, "a snapshot is pinned"),
  LOCKED(Occasion.ONCE, "a snapshot is locked"),
  IN_IMAGE(Occasion.ONCE, "an image is made of a snapshot"),
  CLOCK_SET(Occasion.ONCE, "a guest's clock is put ahead or back");

  /** When a kind occurs. */
  enum Occasion {
    /** In a span of time, at some of the occasions that it has. */
    EACH_TIME,
    /** At an instant; someone does it. */
    ONCE
  }

  private final Occasion occasion;
  private final String words;

  FaultType(Occasion occasion, String words) {
    this.occasion = occasion;
    this.words = words;
  }

  boolean once() {
    return occasion == Occasion.ONCE;
  }

  /** Whether only documents with a timer of their own get over it. */
  boolean wantsTimer() {
    return this == SCRIPT_HANGS || this == EVENT_LOST || this == FUNCTION_INACTIVE;
  }

  @Override
  public String toString() {
    return words;
  }
}
