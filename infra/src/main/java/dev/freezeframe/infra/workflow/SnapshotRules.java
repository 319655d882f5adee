package dev.freezeframe.infra.workflow;

import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.function.EventFunction;
import dev.freezeframe.infra.function.TaskFunctions;
import dev.freezeframe.task.trigger.EventRule;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.NestedStackProps;
import software.amazon.awscdk.services.events.Rule;
import software.constructs.Construct;

/** What the system learns from events: that snapshots settled, and that executions broke off. */
public final class SnapshotRules extends Construct {
  private final EventFunction settled;
  private final EventMachine abandoned;
  private final EventMachine brokenRestores;
  private final EventMachine brokenDrills;

  public SnapshotRules(Construct scope, String id, TaskFunctions tasks, Workflows workflows) {
    super(scope, id);
    this.settled =
        new EventFunction(
            this,
            "Settled",
            "Snapshots that completed or failed, for the ledger",
            EventRule.settledSnapshots(),
            tasks);
    // In a nested stack, as the template of the stack itself has room for 500 resources.
    NestedStack broken =
        new NestedStack(
            scope,
            "BrokenExecutions",
            NestedStackProps.builder()
                .description("What takes care of executions that broke off")
                .build());
    this.abandoned =
        new EventMachine(
            broken,
            "Abandoned",
            "Executions that broke off and may have left a guest frozen",
            EventRule.brokenExecutions(workflows.snapshotInstance().getStateMachineArn()),
            workflows.thawAbandoned());
    this.brokenRestores =
        new EventMachine(
            broken,
            "BrokenRestores",
            "Restores that broke off and may have left an instance stopped",
            EventRule.brokenRestores(workflows.restoreSet().getStateMachineArn()),
            workflows.restoreSet());
    this.brokenDrills =
        new EventMachine(
            broken,
            "BrokenDrills",
            "Drills that broke off and may have left an instance",
            EventRule.brokenDrills(workflows.drillSet().getStateMachineArn()),
            workflows.drillSet());
  }

  public DeadLetterQueue eventsNotApplied() {
    return settled.failures();
  }

  public DeadLetterQueue guestsNotThawed() {
    return abandoned.failures();
  }

  public DeadLetterQueue restoresNotUndone() {
    return brokenRestores.failures();
  }

  public DeadLetterQueue drillsNotEnded() {
    return brokenDrills.failures();
  }

  /** The rule that starts {@code thaw-abandoned}. */
  public Rule abandoned() {
    return abandoned.rule();
  }
}
