package dev.freezeframe.infra;

import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.TagSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What may be done on instances by Systems Manager. */
final class GuestPermissions {
  private static final String NO_RESOURCE =
      "Systems Manager knows no resource for this call but all of them";

  private final Names names;
  private final List<Policy> policies;

  GuestPermissions(Names names, List<Policy> policies) {
    this.names = names;
    this.policies = policies;
  }

  /** Sends a policy's documents to instances that carry a target tag of some policy. */
  Stream<Permission> sendToTargets() {
    return Stream.concat(
        ofDocuments("ssm:SendCommand"),
        onTargets(
            names.arn("ec2", "instance", "*"),
            "ssm:resourceTag/",
            "the instances are known by their tags, which the condition names",
            "ssm:SendCommand"));
  }

  /**
   * Sends a policy's documents to any instance: a tag that is taken off while its guest is frozen
   * must not keep the thaw from it.
   */
  Stream<Permission> sendToThaw() {
    return Stream.concat(
        ofDocuments("ssm:SendCommand"),
        Stream.of(
            Permission.onAll(
                names.arn("ec2", "instance", "*"),
                "a guest that is frozen has to be thawed, whatever became of its tags",
                "ssm:SendCommand")));
  }

  /** Reads what became of a command, and gives it up. */
  Stream<Permission> follow() {
    return Stream.of(
        Permission.onAll(
            "*",
            NO_RESOURCE,
            "ssm:GetCommandInvocation",
            "ssm:ListCommandInvocations",
            "ssm:CancelCommand"));
  }

  Stream<Permission> listCommands() {
    return Stream.of(Permission.onAll("*", NO_RESOURCE, "ssm:ListCommands"));
  }

  Stream<Permission> describeAgents() {
    return Stream.of(Permission.onAll("*", NO_RESOURCE, "ssm:DescribeInstanceInformation"));
  }

  /** Actions on the documents that policies name, and on no others. */
  Stream<Permission> ofDocuments(String... actions) {
    TreeSet<String> documents = new TreeSet<>();
    policies.forEach(
        policy ->
            policy
                .scripts()
                .ifPresent(scripts -> documents.add(names.document(scripts.document()))));
    return documents.isEmpty()
        ? Stream.empty()
        : Stream.of(Permission.on(List.copyOf(documents), actions));
  }

  /** One permission for each tag key: conditions of one statement would all have to hold. */
  Stream<Permission> onTargets(String resource, String keyPrefix, String why, String action) {
    Map<String, Optional<Set<String>>> values = new TreeMap<>();
    policies.stream()
        .flatMap(policy -> policy.targets().stream())
        .forEach(target -> values.merge(target.key(), valuesOf(target), GuestPermissions::either));
    return values.entrySet().stream()
        .map(
            entry -> {
              Permission permission = Permission.onAll(resource, why, action);
              String key = keyPrefix + entry.getKey();
              return entry.getValue().isPresent()
                  ? permission.onlyIf("StringEquals", key, List.copyOf(entry.getValue().get()))
                  : permission.onlyIf("Null", key, "false");
            });
  }

  private static Optional<Set<String>> valuesOf(TagSelector target) {
    return target.value().map(value -> new TreeSet<>(List.of(value)));
  }

  /** Empty stands for any value. */
  private static Optional<Set<String>> either(
      Optional<Set<String>> one, Optional<Set<String>> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Optional.empty();
    }
    Set<String> both = new TreeSet<>(one.get());
    both.addAll(other.get());
    return Optional.of(both);
  }
}
