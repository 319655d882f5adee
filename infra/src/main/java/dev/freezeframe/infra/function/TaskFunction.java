package dev.freezeframe.infra.function;

import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.iam.Partitions;
import dev.freezeframe.infra.iam.Permission;
import dev.freezeframe.infra.iam.TaskRole;
import dev.freezeframe.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * One task as a function: its role, its log, itself, and the alias by which it is invoked.
 *
 * <p>SnapStart works on published versions, so nobody invokes the function but by the alias.
 */
public final class TaskFunction extends Construct {
  private final Function function;
  private final LogGroup log;
  private final Role role;
  private final Alias alias;

  /**
   * A task's function.
   *
   * @param environment what its code reads
   */
  TaskFunction(
      Construct scope,
      Task task,
      Path jar,
      Map<String, String> environment,
      RetentionDays logRetention,
      List<Permission> permissions) {
    super(scope, task.toString());
    this.role =
        TaskRole.role(
            this, "Role", new ServicePrincipal("lambda.amazonaws.com"), task + " acts as it");
    this.log =
        LogGroup.Builder.create(this, "Log")
            .retention(logRetention)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    log.grantWrite(role);
    TaskRole.grant(role, permissions);
    this.function =
        Function.Builder.create(this, "Function")
            .functionName(new Names(Stack.of(this)).of(task.toString()))
            .description(task.reason())
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .code(Code.fromAsset(jar.toString()))
            .handler(task.type().getName() + "::handleRequest")
            .memorySize(task.memory())
            .timeout(Duration.seconds(task.seconds()))
            .environment(environment)
            .role(role)
            .logGroup(log)
            .loggingFormat(LoggingFormat.JSON)
            .tracing(Tracing.ACTIVE)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .build();
    Partitions.adapt((CfnFunction) function.getNode().getDefaultChild());
    // Its alias is the published version that SnapStart wants.
    Annotations.of(function)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "the alias publishes it");
    TaskRole.accept(
        role, "AwsSolutions-IAM5", "X-Ray knows no resource for trace segments but all of them");
    this.alias =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
  }

  public String name() {
    return getNode().getId();
  }

  public Function function() {
    return function;
  }

  public LogGroup log() {
    return log;
  }

  Role role() {
    return role;
  }

  public Alias alias() {
    return alias;
  }
}
