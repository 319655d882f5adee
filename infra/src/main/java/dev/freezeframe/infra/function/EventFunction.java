package dev.freezeframe.infra.function;

import dev.freezeframe.task.trigger.AsynchronousRetries;
import dev.freezeframe.task.trigger.EventRule;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.amazon.awscdk.services.lambda.destinations.SqsDestination;
import software.constructs.Construct;

/**
 * A function that a rule invokes: delivery is tried for a day, the work three times, and what is
 * then left waits in a queue of its own.
 */
public final class EventFunction extends Construct {
  private final DeadLetterQueue failures;

  public EventFunction(
      Construct scope, String id, String description, EventRule rule, TaskFunctions tasks) {
    super(scope, id);
    TaskFunction task = tasks.get(rule.target().name());
    this.failures = new DeadLetterQueue(this, "Failures", description);
    task.alias()
        .configureAsyncInvoke(
            EventInvokeConfigOptions.builder()
                .retryAttempts(AsynchronousRetries.DEPLOYED.repeats())
                .maxEventAge(Duration.seconds(AsynchronousRetries.DEPLOYED.kept().toSeconds()))
                .onFailure(new SqsDestination(failures.queue()))
                .build());
    Rule.Builder.create(this, "Rule")
        .description(description)
        .eventPattern(pattern(this, rule))
        .targets(
            List.of(
                LambdaFunction.Builder.create(task.alias())
                    .deadLetterQueue(failures.queue())
                    .retryAttempts(EventRule.DELIVERIES)
                    .maxEventAge(Duration.seconds(EventRule.DELIVERED_FOR.toSeconds()))
                    .build()))
        .build();
  }

  /** The pattern of a rule, for events of the own account. */
  public static EventPattern pattern(Construct scope, EventRule rule) {
    return EventPattern.builder()
        .account(List.of(Stack.of(scope).getAccount()))
        .source(List.of(rule.source()))
        .detailType(rule.detailTypes())
        .detail(new TreeMap<>(rule.detail()))
        .build();
  }

  public DeadLetterQueue failures() {
    return failures;
  }
}
