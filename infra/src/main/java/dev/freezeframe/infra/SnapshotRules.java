package dev.freezeframe.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
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
            EventPattern.builder()
                .account(List.of(Stack.of(this).getAccount()))
                .source(List.of("aws.ec2"))
                .detailType(
                    List.of(
                        "EBS Snapshot Notification",
                        "EBS Multi-Volume Snapshots Completion Status"))
                .detail(Map.of("event", List.of("createSnapshot", "createSnapshots")))
                .build(),
            tasks.get("ApplySnapshotEvent"));
    this.abandoned =
        new EventFunction(
            this,
            "Abandoned",
            "Executions that broke off and may have left a guest frozen",
            EventPattern.builder()
                .account(List.of(Stack.of(this).getAccount()))
                .source(List.of("aws.states"))
                .detailType(List.of("Step Functions Execution Status Change"))
                .detail(
                    new TreeMap<>(
                        Map.of(
                            "status", List.of("ABORTED", "TIMED_OUT", "FAILED"),
                            "stateMachineArn", List.of(snapshotInstance.getStateMachineArn()))))
                .build(),
            tasks.get("ThawAbandoned"));
  }

  FailureQueue eventsNotApplied() {
    return settled.failures();
  }

  FailureQueue guestsNotThawed() {
    return abandoned.failures();
  }
}
