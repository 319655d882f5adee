package dev.freezeframe.rehearsal.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What EventBridge says of the rules of its default bus; what delivers is {@code EventBus}. */
public final class EmbeddedEventBridge implements EventBridgeClient {
  private final Map<String, RuleState> rules = new TreeMap<>();
  private final Map<String, List<Target>> targets = new TreeMap<>();

  /** A rule that is on, without targets yet. */
  public void put(String rule) {
    rules.put(rule, RuleState.ENABLED);
    targets.put(rule, new ArrayList<>());
  }

  /**
   * A target of a rule.
   *
   * @param queue the ARN of what takes what fails
   */
  public void target(String rule, String id, String arn, String queue) {
    targets
        .get(rule)
        .add(Target.builder().id(id).arn(arn).deadLetterConfig(dead -> dead.arn(queue)).build());
  }

  /** Somebody disables or enables a rule. */
  public void state(String rule, RuleState state) {
    rules.computeIfPresent(rule, (any, before) -> state);
  }

  /** Somebody takes its targets away. */
  public void removeTargets(String rule) {
    targets.get(rule).clear();
  }

  /** Somebody deletes a rule. */
  public void delete(String rule) {
    rules.remove(rule);
    targets.remove(rule);
  }

  @Override
  public DescribeRuleResponse describeRule(DescribeRuleRequest request) {
    Refusal.ofMoreThan(request, "Name");
    require(request.name());
    return DescribeRuleResponse.builder()
        .name(request.name())
        .state(rules.get(request.name()))
        .build();
  }

  @Override
  public ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest request) {
    Refusal.ofMoreThan(request, "Rule");
    require(request.rule());
    return ListTargetsByRuleResponse.builder().targets(targets.get(request.rule())).build();
  }

  private void require(String rule) {
    if (!rules.containsKey(rule)) {
      throw Refusal.of(
          ResourceNotFoundException.builder(),
          400,
          "ResourceNotFoundException",
          "Rule %s does not exist on EventBus default.".formatted(rule));
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
