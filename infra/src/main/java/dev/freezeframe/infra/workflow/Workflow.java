package dev.freezeframe.infra.workflow;

import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.iam.TaskRole;
import dev.freezeframe.infra.iam.WorkflowPermissions;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.LogLevel;
import software.amazon.awscdk.services.stepfunctions.LogOptions;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * A state machine as its file has it, with nothing changed but the placeholders.
 *
 * <p>The definition stands in the template, so that {@code cdk diff} shows a change of it.
 */
public final class Workflow extends Construct {
  private final StateMachine machine;
  private final LogGroup log;

  /**
   * A state machine.
   *
   * @param known what placeholders may stand for: ARNs by name
   */
  Workflow(
      Construct scope,
      StateMachineFile file,
      Map<String, String> known,
      String eventSource,
      RetentionDays logRetention) {
    super(scope, file.name());
    Names names = new Names(Stack.of(this));
    String name = names.of(file.name());
    Map<String, String> arns = arns(file, known);
    Role role =
        TaskRole.role(
            this,
            "Role",
            new ServicePrincipal("states.amazonaws.com"),
            file.name() + " acts as it");
    TaskRole.grant(role, new WorkflowPermissions(names, eventSource).of(file, name, arns));
    this.log =
        LogGroup.Builder.create(this, "Log")
            // Step Functions finds log groups of this prefix without a policy for each.
            .logGroupName("/aws/vendedlogs/states/" + name)
            .retention(logRetention)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    this.machine =
        StateMachine.Builder.create(this, "Machine")
            .stateMachineName(name)
            .definitionBody(DefinitionBody.fromString(file.textForAnyPartition()))
            .definitionSubstitutions(substitutions(arns))
            .role(role)
            .tracingEnabled(true)
            .logs(
                LogOptions.builder()
                    .destination(log)
                    .level(LogLevel.ALL)
                    .includeExecutionData(true)
                    .build())
            .build();
    TaskRole.accept(
        role,
        "AwsSolutions-IAM5",
        "log deliveries and trace segments have no resource but all of them");
  }

  public StateMachine machine() {
    return machine;
  }

  public LogGroup log() {
    return log;
  }

  private static Map<String, String> substitutions(Map<String, String> arns) {
    Map<String, String> substitutions = new TreeMap<>(arns);
    substitutions.put(StateMachineFile.PARTITION, Aws.PARTITION);
    return substitutions;
  }

  private static Map<String, String> arns(StateMachineFile file, Map<String, String> known) {
    Map<String, String> arns = new TreeMap<>();
    for (String placeholder : file.placeholders()) {
      String arn = known.get(placeholder);
      if (arn == null) {
        throw new IllegalArgumentException(
            "%s.asl.json: ${%s} is not one of %s"
                .formatted(file.name(), placeholder, known.keySet()));
      }
      arns.put(placeholder, arn);
    }
    return arns;
  }
}
