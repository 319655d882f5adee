package dev.freezeframe.infra.iam;

import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.CfnFunction;

/**
 * Features that Lambda lacks in some of AWS's partitions. CloudFormation decides when it deploys,
 * so that one template does for all of them; {@code docs/deploying.md} has AWS's pages that say so.
 */
public final class Partitions {
  private static final String NO_TRACES = "LambdaHasNoTraces";
  private static final String NO_JSON_LOGS = "LambdaHasNoJsonLogs";

  private Partitions() {}

  /** Leaves out of a function what is not there. */
  public static void adapt(CfnFunction function) {
    Stack stack = Stack.of(function);
    instead(
        function, "TracingConfig.Mode", in(stack, NO_TRACES, "aws-cn"), "PassThrough", "Active");
    instead(
        function, "LoggingConfig.LogFormat", in(stack, NO_JSON_LOGS, "aws-us-gov"), "Text", "JSON");
  }

  private static void instead(
      CfnFunction function, String property, CfnCondition where, String there, String elsewhere) {
    ICfnConditionExpression value = Fn.conditionIf(where.getLogicalId(), there, elsewhere);
    function.addPropertyOverride(property, value);
  }

  private static CfnCondition in(Stack stack, String id, String partition) {
    return stack.getNode().tryFindChild(id) instanceof CfnCondition made
        ? made
        : CfnCondition.Builder.create(stack, id)
            .expression(Fn.conditionEquals(Aws.PARTITION, partition))
            .build();
  }
}
