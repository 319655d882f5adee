package dev.freezeframe.infra.workflow;

import dev.freezeframe.infra.function.DeadLetterQueue;
import dev.freezeframe.infra.function.EventFunction;
import dev.freezeframe.infra.iam.TaskRole;
import dev.freezeframe.task.trigger.EventRule;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * A state machine that a rule starts: delivery is tried for a day, and what is then left waits in a
 * queue of its own.
 */
final class EventMachine extends Construct {
  private final DeadLetterQueue failures;
  private final Rule rule;

  EventMachine(
      Construct scope, String id, String description, EventRule event, StateMachine machine) {
    super(scope, id);
    this.failures = new DeadLetterQueue(this, "Failures", description);
    this.rule =
        Rule.Builder.create(this, "Rule")
            .description(description)
            .eventPattern(EventFunction.pattern(this, event))
            .targets(
                List.of(
                    SfnStateMachine.Builder.create(machine)
                        .role(
                            TaskRole.role(
                                this,
                                "Role",
                                new ServicePrincipal("events.amazonaws.com"),
                                "EventBridge acts as it to start " + event.target().name()))
                        .deadLetterQueue(failures.queue())
                        .retryAttempts(EventRule.DELIVERIES)
                        .maxEventAge(Duration.seconds(EventRule.DELIVERED_FOR.toSeconds()))
                        .build()))
            .build();
  }

  DeadLetterQueue failures() {
    return failures;
  }

  Rule rule() {
    return rule;
  }
}
