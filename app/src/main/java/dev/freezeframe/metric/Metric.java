package dev.freezeframe.metric;

/** The metrics of the namespace {@value #NAMESPACE}; each has the dimension {@value #POLICY}. */
public enum Metric {
  /** Instances that matched a policy. */
  TARGETS("Targets", "Count"),
  /** Snapshot sets that were taken. */
  STARTED("Started", "Count"),
  /** Instances whose backup succeeded. */
  COMPLETED("Completed", "Count"),
  /** Instances whose backup failed. */
  FAILED("Failed", "Count"),
  /** Instances that matched and were left out, for a reason that the policy allows. */
  SKIPPED("Skipped", "Count"),
  /** Sets with the verdict APPLICATION. */
  APPLICATION("Application", "Count"),
  /** Sets with the verdict CRASH. */
  CRASH("Crash", "Count"),
  /** Sets with the verdict UNKNOWN. */
  UNKNOWN("Unknown", "Count"),
  /** For how long a guest was frozen. */
  FROZEN("FrozenSeconds", "Seconds"),
  /** Freezes that were longer than their budget. */
  FROZEN_OVER_BUDGET("FrozenOverBudget", "Count"),
  /** Guests of which nothing proves that they are thawed. */
  THAW_UNPROVED("ThawUnproved", "Count"),
  /** From the order to stop an instance until it was seen to run again. */
  DOWN("DownSeconds", "Seconds"),
  /** Starts that EC2 refused, or that came to nothing; each is tried again. */
  START_FAILED("StartFailed", "Count"),
  /** Looks at an instance that should run again by then, and does not. */
  STOPPED_TOO_LONG("StoppedTooLong", "Count"),
  /** From the point in time of a set until its last snapshot was complete. */
  COMPLETION("CompletionSeconds", "Seconds"),
  /** Snapshots that had settled while their event was late, or never came. */
  EVENTS_OVERDUE("EventsOverdue", "Count"),
  /** Snapshots that were deleted. */
  DELETED("Deleted", "Count"),
  /** Age of the newest recovery point of any instance. */
  RECOVERY_POINT_AGE("RecoveryPointAgeSeconds", "Seconds"),
  /** 1: a recovery point was due and none exists; 0: all is well. */
  RECOVERY_POINT_OVERDUE("RecoveryPointOverdue", "Count"),
  /** Drills that passed, with warnings or without. */
  DRILLS_PASSED("DrillsPassed", "Count"),
  /** Drills that failed, and those that said nothing for the second time in a row. */
  DRILLS_FAILED("DrillsFailed", "Count"),
  /** Drills that said nothing. */
  DRILLS_INCONCLUSIVE("DrillsInconclusive", "Count"),
  /** Instances whose time to be drilled is over, and those that cannot be and never were. */
  UNDRILLED("Undrilled", "Count");

  public static final String NAMESPACE = "Freezeframe";
  public static final String POLICY = "Policy";

  private final String id;
  private final String unit;

  Metric(String id, String unit) {
    this.id = id;
    this.unit = unit;
  }

  /** The name in CloudWatch. */
  public String id() {
    return id;
  }

  /** The unit, in CloudWatch's words. */
  public String unit() {
    return unit;
  }
}
