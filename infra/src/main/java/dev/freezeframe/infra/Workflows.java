package dev.freezeframe.infra;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** The state machines. */
final class Workflows extends Construct {
  /** The source of the events that they put on the default bus. */
  static final String EVENT_SOURCE = "freezeframe";

  private final Map<String, String> known = new TreeMap<>();
  private final Project project;
  private final RetentionDays logRetention;
  private final SortedMap<String, Workflow> workflows = new TreeMap<>();
  private final StateMachine runPolicy;
  private final StateMachine snapshotInstance;
  private final StateMachine expireSnapshots;

  Workflows(
      Construct scope,
      String id,
      Project project,
      TaskFunctions tasks,
      RetentionDays logRetention) {
    super(scope, id);
    this.project = project;
    this.logRetention = logRetention;
    tasks.names().forEach(task -> known.put(task, tasks.get(task).alias().getFunctionArn()));
    this.snapshotInstance = workflow("snapshot-instance");
    known.put("SnapshotInstance", snapshotInstance.getStateMachineArn());
    this.runPolicy = workflow("run-policy");
    this.expireSnapshots = workflow("expire-snapshots");
  }

  StateMachine runPolicy() {
    return runPolicy;
  }

  StateMachine snapshotInstance() {
    return snapshotInstance;
  }

  StateMachine expireSnapshots() {
    return expireSnapshots;
  }

  /** By the name of their file. */
  SortedMap<String, Workflow> all() {
    return workflows;
  }

  private StateMachine workflow(String name) {
    Workflow workflow =
        new Workflow(this, project.stateMachine(name), known, EVENT_SOURCE, logRetention);
    workflows.put(name, workflow);
    return workflow.machine();
  }
}
