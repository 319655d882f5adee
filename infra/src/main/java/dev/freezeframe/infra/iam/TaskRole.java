package dev.freezeframe.infra.iam;

import dev.freezeframe.infra.settings.Setting;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** A role with its permissions, and for each {@code *} in them the reason. */
public final class TaskRole {
  private TaskRole() {}

  public static Role role(Construct scope, String id, IPrincipal who, String what) {
    return Role.Builder.create(scope, id).assumedBy(who).description(what).build();
  }

  /**
   * Grants, in managed policies where the role's own is full.
   *
   * @throws IllegalArgumentException if the account's quota of managed policies would not do
   */
  public static void grant(Role role, List<Permission> permissions) {
    List<List<Permission>> policies = PermissionSizes.layOut(permissions);
    if (policies.size() - 1 > PermissionSizes.MANAGED) {
      throw new IllegalArgumentException(
          "%s needs %d managed policies for its permissions, expected %d at most; name fewer documents in %s"
              .formatted(
                  role.getNode().getPath(),
                  policies.size() - 1,
                  PermissionSizes.MANAGED,
                  Setting.DOCUMENTS.key()));
    }
    policies.get(0).forEach(permission -> role.addToPolicy(permission.statement()));
    for (int number = 1; number < policies.size(); number++) {
      ManagedPolicy.Builder.create(role, "More" + number)
          .description("What its role's own policy has no room for")
          .statements(policies.get(number).stream().map(Permission::statement).toList())
          .roles(List.of(role))
          .build();
    }
    TreeSet<String> reasons =
        permissions.stream()
            .map(Permission::why)
            .flatMap(Optional::stream)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!reasons.isEmpty()) {
      accept(role, "AwsSolutions-IAM5", String.join("; ", reasons));
    }
  }

  /** Accepts a finding of cdk-nag, on a construct and what is inside it. */
  public static void accept(IConstruct where, String rule, String reason) {
    NagSuppressions.addResourceSuppressions(
        where, List.of(NagPackSuppression.builder().id(rule).reason(reason).build()), true);
  }
}
