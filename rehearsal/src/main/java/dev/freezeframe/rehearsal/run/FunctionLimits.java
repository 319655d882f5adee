package dev.freezeframe.rehearsal.run;

import java.time.Duration;

/** The time-outs of the functions, as they are deployed. */
final class FunctionLimits {
  static final int MEMORY_MB = 512;

  private FunctionLimits() {}

  /** How long a function may run before Lambda ends it. */
  static Duration timeout(String task) {
    return switch (task) {
      case "DryRunScript", "RunPreScript", "RunPostScript" -> Duration.ofMinutes(4);
      case "CreateSnapshots" -> Duration.ofSeconds(40);
      case "FindSnapshots" -> Duration.ofSeconds(90);
      case "SelectTargets", "SummarizeRun", "RecordOutcome" -> Duration.ofSeconds(110);
      case "PlanExpiry" -> Duration.ofSeconds(890);
      case "DeleteSnapshots" -> Duration.ofSeconds(590);
      case "ReconcileLedger" -> Duration.ofSeconds(290);
      case "ThawAbandoned" -> Duration.ofMinutes(10);
      default -> Duration.ofSeconds(55);
    };
  }
}
