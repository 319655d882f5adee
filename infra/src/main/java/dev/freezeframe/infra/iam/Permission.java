package dev.freezeframe.infra.iam;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * One thing that a role may do.
 *
 * @param conditions by operator, as IAM has them; empty: none
 * @param why required where a resource holds a {@code *}: why AWS allows nothing narrower
 */
public record Permission(
    List<String> actions,
    List<String> resources,
    Map<String, Map<String, Object>> conditions,
    Optional<String> why) {

  public Permission {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    if (actions.stream().anyMatch(action -> action.contains("*"))) {
      throw new IllegalArgumentException(
          "permission: expected whole actions, found %s".formatted(actions));
    }
    if (why.isEmpty() && resources.stream().anyMatch(resource -> resource.contains("*"))) {
      throw new IllegalArgumentException(
          "permission %s on %s: expected a reason for the *".formatted(actions, resources));
    }
  }

  public static Permission on(String resource, String... actions) {
    return new Permission(List.of(actions), List.of(resource), Map.of(), Optional.empty());
  }

  public static Permission on(List<String> resources, String... actions) {
    return new Permission(List.of(actions), resources, Map.of(), Optional.empty());
  }

  static Permission onAll(String resource, String why, String... actions) {
    return new Permission(List.of(actions), List.of(resource), Map.of(), Optional.of(why));
  }

  Permission onlyIf(String operator, String key, Object value) {
    return new Permission(
        actions, resources, IamConditions.with(conditions, operator, key, value), why);
  }

  /** Whether it and another could be one: all but the actions is the same. */
  boolean sameButActions(Permission other) {
    return resources.equals(other.resources)
        && conditions.equals(other.conditions)
        && why.equals(other.why);
  }

  Permission withActions(List<String> more) {
    TreeSet<String> all = new TreeSet<>(actions);
    all.addAll(more);
    return onlyActions(List.copyOf(all));
  }

  Permission onlyActions(List<String> some) {
    return new Permission(some, resources, conditions, why);
  }

  Permission withResources(List<String> some) {
    return new Permission(actions, some, conditions, why);
  }

  PolicyStatement statement() {
    return PolicyStatement.Builder.create()
        .effect(Effect.ALLOW)
        .actions(actions)
        .resources(resources)
        .conditions(conditions)
        .build();
  }
}
