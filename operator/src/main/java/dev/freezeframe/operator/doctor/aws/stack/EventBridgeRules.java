package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.stack.RulesCheck.Rule;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Asks EventBridge about rules of the default bus. */
public final class EventBridgeRules {
  private final EventBridgeClient events;

  public EventBridgeRules(EventBridgeClient events) {
    this.events = events;
  }

  /** A rule; empty if none. */
  public Asked<Optional<Rule>> find(String name) {
    Asked<Optional<String>> state = Question.ask("events:DescribeRule", () -> state(name));
    if (state.value().isEmpty() || state.value().get().isEmpty()) {
      return state.map(none -> Optional.empty());
    }
    return Question.ask(
        "events:ListTargetsByRule",
        () -> {
          // A rule has at most five targets, and a page a hundred.
          List<Target> targets = events.listTargetsByRule(request -> request.rule(name)).targets();
          return Optional.of(
              new Rule(
                  state.value().get().get(),
                  targets.size(),
                  targets.stream().filter(target -> target.deadLetterConfig() != null).count()));
        });
  }

  private Optional<String> state(String name) {
    try {
      return Optional.of(events.describeRule(request -> request.name(name)).stateAsString());
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }
}
