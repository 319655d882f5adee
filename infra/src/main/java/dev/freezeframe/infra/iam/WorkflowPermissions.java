package dev.freezeframe.infra.iam;

import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.workflow.StateMachineFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a state machine may do, read from its file, into which CDK cannot see. */
public final class WorkflowPermissions {
  static final String INVOKE = "arn:aws:states:::lambda:invoke";
  static final String START = "arn:aws:states:::states:startExecution";
  static final String START_AND_WAIT = "arn:aws:states:::states:startExecution.sync:2";
  static final String PUT_EVENTS = "arn:aws:states:::events:putEvents";
  static final String DESCRIBE_ALARMS = "arn:aws:states:::aws-sdk:cloudwatch:describeAlarms";

  /** The rule by which Step Functions itself learns that a nested execution has ended. */
  private static final String WAITING_RULE = "StepFunctionsGetEventsForStepFunctionsExecutionRule";

  private static final String EXECUTIONS = "an execution's name is not known before it is started";

  /** API of DescribeAlarms: a narrower scope answers nothing of composite alarms. */
  private static final String ALL_ALARMS = "CloudWatch tells of composite alarms only then";

  private final Names names;
  private final String eventSource;

  public WorkflowPermissions(Names names, String eventSource) {
    this.names = names;
    this.eventSource = eventSource;
  }

  /**
   * The permissions of a machine.
   *
   * @param machine its name
   * @param arns what the placeholders of its file stand for
   */
  public List<Permission> of(StateMachineFile file, String machine, Map<String, String> arns) {
    List<Permission> permissions = new ArrayList<>();
    List<String> functions = file.placeholders(INVOKE).stream().map(arns::get).toList();
    if (!functions.isEmpty()) {
      permissions.add(Permission.on(functions, "lambda:InvokeFunction"));
    }
    for (String child : file.placeholders(START_AND_WAIT)) {
      permissions.addAll(nested(arns.get(child), names.of(kebab(child))));
    }
    if (file.does(START) || file.isDistributed()) {
      permissions.add(Permission.on(names.stateMachine(machine), "states:StartExecution"));
    }
    if (file.isDistributed()) {
      permissions.add(
          Permission.onAll(
              names.execution(machine + ":*"),
              EXECUTIONS,
              "states:DescribeExecution",
              "states:StopExecution"));
      permissions.add(
          Permission.onAll(
              names.execution(machine + "/*:*"), EXECUTIONS, "states:RedriveExecution"));
    }
    if (file.does(PUT_EVENTS)) {
      permissions.add(
          Permission.on(names.arn("events", "event-bus", "default"), "events:PutEvents")
              .onlyIf("StringEquals", "events:source", eventSource));
    }
    if (file.does(DESCRIBE_ALARMS)) {
      permissions.add(Permission.onAll("*", ALL_ALARMS, "cloudwatch:DescribeAlarms"));
    }
    return permissions;
  }

  private List<Permission> nested(String machineArn, String machine) {
    return List.of(
        Permission.on(machineArn, "states:StartExecution"),
        Permission.onAll(
            names.execution(machine + ":*"),
            EXECUTIONS,
            "states:DescribeExecution",
            "states:StopExecution"),
        Permission.on(
            names.arn("events", "rule", WAITING_RULE),
            "events:DescribeRule",
            "events:PutRule",
            "events:PutTargets"));
  }

  /** {@code SnapshotInstance} is the machine of {@code snapshot-instance.asl.json}. */
  static String kebab(String placeholder) {
    return placeholder.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
  }
}
