package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import dev.freezeframe.rehearsal.states.Execution;
import dev.freezeframe.rehearsal.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;

/** What docs/operations.md asks of whom an alarm calls. */
final class Runbook {
  /** How often somebody looks whether an alarm rings. */
  private static final Duration LOOK = Duration.ofMinutes(20);

  private Runbook() {}

  /**
   * Has executions of {@code thaw-abandoned} redriven that somebody aborted, until an instant. One
   * that fails by itself is left: its retries have to outlast the faults.
   */
  static void follow(EmbeddedCloud cloud, Instant until) {
    for (Instant look = cloud.time().instant(); look.isBefore(until); ) {
      look = look.plus(LOOK);
      cloud.time().at(look, () -> redriveAbortedThaws(cloud));
    }
  }

  private static void redriveAbortedThaws(EmbeddedCloud cloud) {
    cloud.thaws().stream()
        .filter(thaw -> thaw.status() == ExecutionStatus.ABORTED)
        .map(Execution::arn)
        .toList()
        .forEach(cloud.states()::redrive);
  }
}
