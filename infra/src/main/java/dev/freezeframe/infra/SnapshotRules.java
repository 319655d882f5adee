package dev.freezeframe.infra;

import dev.freezeframe.lambda.EventRule;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** What the system learns from events: that snapshots settled, and that executions broke off. */
final class SnapshotRules extends Construct {
  private final EventFunction settled;
  private final EventFunction abandoned;

  SnapshotRules(Construct scope, String id, TaskFunctions tasks, StateMachine snapshotInstance) {
    super(scope, id);
    this.settled =
        new EventFunction(
            this,
            "Settled",
            "Snapshots that completed or failed, for the ledger",
            EventRule.settledSnapshots(),
            tasks);
    this.abandoned =
        new EventFunction(
            this,
            "Abandoned",
            "Executions that broke off and may have left a guest frozen",
            EventRule.brokenExecutions(snapshotInstance.getStateMachineArn()),
            tasks);
  }

  FailureQueue eventsNotApplied() {
    return settled.failures();
  }

  FailureQueue guestsNotThawed() {
    return abandoned.failures();
  }
}
