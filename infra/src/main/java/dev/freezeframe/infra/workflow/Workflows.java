package dev.freezeframe.infra.workflow;

import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.ProjectFiles;
import dev.freezeframe.infra.function.TaskFunctions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** The state machines. */
public final class Workflows extends Construct {
  /** The source of the events that they put on the default bus. */
  static final String EVENT_SOURCE = "freezeframe";

  private final Map<String, String> known = new TreeMap<>();
  private final ProjectFiles project;
  private final RetentionDays logRetention;
  private final SortedMap<String, Workflow> workflows = new TreeMap<>();
  private final StateMachine runPolicy;
  private final StateMachine snapshotInstance;
  private final StateMachine expireSnapshots;
  private final StateMachine thawAbandoned;
  private final StateMachine restoreSet;
  private final StateMachine drillSet;

  public Workflows(
      Construct scope,
      String id,
      ProjectFiles project,
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
    this.thawAbandoned = workflow("thaw-abandoned");
    this.restoreSet = workflow("restore-set");
    // By its name: what it is called by itself cannot refer to it.
    Names names = new Names(Stack.of(this));
    known.put("DrillSet", names.stateMachine(names.of("drill-set")));
    this.drillSet = workflow("drill-set");
  }

  public StateMachine runPolicy() {
    return runPolicy;
  }

  public StateMachine snapshotInstance() {
    return snapshotInstance;
  }

  public StateMachine expireSnapshots() {
    return expireSnapshots;
  }

  public StateMachine thawAbandoned() {
    return thawAbandoned;
  }

  public StateMachine restoreSet() {
    return restoreSet;
  }

  public StateMachine drillSet() {
    return drillSet;
  }

  /** By the name of their file. */
  public SortedMap<String, Workflow> all() {
    return workflows;
  }

  private StateMachine workflow(String name) {
    Workflow workflow =
        new Workflow(this, project.stateMachine(name), known, EVENT_SOURCE, logRetention);
    workflows.put(name, workflow);
    return workflow.machine();
  }
}
