package dev.freezeframe.infra;

import dev.freezeframe.metric.Metric;
import dev.freezeframe.policy.Policy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** The dashboard: a row for each policy, and one for the system itself. */
final class Overview extends Construct {
  private static final int WIDTH = 6;
  private static final Duration HOUR = Duration.hours(1);

  private final Dashboard dashboard;

  Overview(Construct scope, String id, List<Policy> policies) {
    super(scope, id);
    this.dashboard =
        Dashboard.Builder.create(this, "Dashboard")
            .dashboardName(Stack.of(this).getStackName())
            .build();
    policies.forEach(policy -> dashboard.addWidgets(row(policy)));
  }

  /** Adds the row of the system itself. */
  void add(Collection<TaskFunction> functions, Collection<FailureQueue> queues) {
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

  private static IWidget[] row(Policy policy) {
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
          policy.name() + ": frozen, and until complete",
          List.of(
              Metrics.of(Metric.FROZEN, policy.name(), "Maximum", HOUR),
              Metrics.of(Metric.COMPLETION, policy.name(), "Maximum", HOUR))),
      graph(
          policy.name() + ": newest recovery point, and events that were late",
          List.of(
              Metrics.of(Metric.RECOVERY_POINT_AGE, policy.name(), "Minimum", HOUR),
              Metrics.of(Metric.EVENTS_OVERDUE, policy.name(), "Sum", HOUR)))
    };
  }

  private static GraphWidget sums(Policy policy, String what, Metric... metrics) {
    return graph(
        "%s: %s".formatted(policy.name(), what),
        Arrays.stream(metrics)
            .map(metric -> Metrics.of(metric, policy.name(), "Sum", HOUR))
            .toList());
  }

  private static GraphWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).width(WIDTH).left(metrics).build();
  }
}
