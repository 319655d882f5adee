package dev.freezeframe.infra.alarm;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.function.TaskFunction;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.DashboardVariable;
import software.amazon.awscdk.services.cloudwatch.DefaultValue;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.Values;
import software.amazon.awscdk.services.cloudwatch.VariableInputType;
import software.amazon.awscdk.services.cloudwatch.VariableType;
import software.amazon.awscdk.services.cloudwatch.VariableValue;
import software.constructs.Construct;

/**
 * The dashboard: a row of all policies, one of the policy that is chosen from a list, one of
 * drills, and one of the system itself. It is as large for a hundred policies as for one.
 */
public final class FreezeframeDashboard extends Construct {
  private static final int WIDTH = 6;
  private static final Duration HOUR = Duration.hours(1);

  private final Dashboard dashboard;

  public FreezeframeDashboard(Construct scope, String id, List<Policy> policies) {
    super(scope, id);
    PolicyName first = policies.get(0).name();
    this.dashboard =
        Dashboard.Builder.create(this, "Dashboard")
            .dashboardName(new Names(Stack.of(this)).stack())
            .variables(List.of(choice(policies, first)))
            .build();
    dashboard.addWidgets(ofAll());
    dashboard.addWidgets(of(first));
    dashboard.addWidgets(ofDrills(first));
  }

  public String name() {
    return dashboard.getDashboardName();
  }

  /** Adds the row of the system itself. */
  public void add(Collection<TaskFunction> functions, Collection<DeadLetterQueue> queues) {
    MetricOptions sums = Metrics.sums();
    dashboard.addWidgets(
        graph("Functions that failed", functions.stream().map(f -> failures(f, sums)).toList()),
        graph(
            "Functions that were throttled",
            functions.stream().map(f -> f.function().metricThrottles(sums)).toList()),
        graph(
            "Waiting for a person",
            queues.stream()
                .map(queue -> queue.queue().metricApproximateNumberOfMessagesVisible())
                .toList()));
  }

  private static IMetric failures(TaskFunction task, MetricOptions sums) {
    return task.function().metricErrors(sums);
  }

  /** CloudWatch puts the chosen policy in the place of this dimension, in every widget. */
  private static DashboardVariable choice(List<Policy> policies, PolicyName first) {
    return DashboardVariable.Builder.create()
        .id("policy")
        .label("Policy")
        .type(VariableType.PROPERTY)
        .inputType(VariableInputType.SELECT)
        .value(Metric.POLICY)
        .values(
            Values.fromValues(
                policies.stream()
                    .map(policy -> VariableValue.builder().value(policy.name().value()).build())
                    .toArray(VariableValue[]::new)))
        .defaultValue(DefaultValue.value(first.value()))
        .visible(true)
        .build();
  }

  /** A line for each policy that there is. */
  private static IWidget[] ofAll() {
    return new IWidget[] {
      graph("All policies: application-consistent", List.of(each(Metric.APPLICATION, "Sum"))),
      graph(
          "All policies: crash-consistent or unknown",
          List.of(each(Metric.CRASH, "Sum"), each(Metric.UNKNOWN, "Sum"))),
      graph("All policies: failed", List.of(each(Metric.FAILED, "Sum"))),
      graph(
          "All policies: age of the newest recovery point",
          List.of(each(Metric.RECOVERY_POINT_AGE, "Minimum")))
    };
  }

  private static IMetric each(Metric metric, String statistic) {
    return MathExpression.Builder.create()
        .expression(
            "SEARCH('{%s,%s} MetricName=\"%s\"', '%s', %s)"
                .formatted(
                    Metric.NAMESPACE, Metric.POLICY, metric.id(), statistic, HOUR.toSeconds()))
        .usingMetrics(java.util.Map.of())
        .label("")
        .period(HOUR)
        .build();
  }

  private static IWidget[] of(PolicyName policy) {
    return new IWidget[] {
      sums(
          policy,
          "instances",
          Metric.TARGETS,
          Metric.STARTED,
          Metric.COMPLETED,
          Metric.FAILED,
          Metric.SKIPPED),
      sums(
          policy,
          "verdicts, and snapshots deleted",
          Metric.APPLICATION,
          Metric.CRASH,
          Metric.UNKNOWN,
          Metric.DELETED),
      graph(
          "The policy: frozen or stopped, and until complete",
          List.of(
              Metrics.of(Metric.FROZEN, policy, "Maximum", HOUR),
              Metrics.of(Metric.DOWN, policy, "Maximum", HOUR),
              Metrics.of(Metric.COMPLETION, policy, "Maximum", HOUR))),
      graph(
          "The policy: newest recovery point, and events that were late",
          List.of(
              Metrics.of(Metric.RECOVERY_POINT_AGE, policy, "Minimum", HOUR),
              Metrics.of(Metric.EVENTS_OVERDUE, policy, "Sum", HOUR)))
    };
  }

  private static IWidget[] ofDrills(PolicyName policy) {
    return new IWidget[] {
      graph(
          "All policies: drills that passed, and that failed",
          List.of(each(Metric.DRILLS_PASSED, "Sum"), each(Metric.DRILLS_FAILED, "Sum"))),
      graph(
          "All policies: instances that should have been drilled",
          List.of(each(Metric.UNDRILLED, "Maximum"))),
      sums(policy, "drills", Metric.DRILLS_PASSED, Metric.DRILLS_FAILED, Metric.DRILLS_INCONCLUSIVE)
    };
  }

  private static GraphWidget sums(PolicyName policy, String what, Metric... metrics) {
    return graph(
        "The policy: " + what,
        Arrays.stream(metrics).map(metric -> Metrics.of(metric, policy, "Sum", HOUR)).toList());
  }

  private static GraphWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).width(WIDTH).left(metrics).build();
  }
}
