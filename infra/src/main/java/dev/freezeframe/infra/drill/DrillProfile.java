package dev.freezeframe.infra.drill;

import dev.freezeframe.infra.iam.Permission;
import dev.freezeframe.infra.iam.TaskRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.InstanceProfile;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * What a drill instance acts as: it may take commands from Systems Manager, and nothing else. A
 * restored file system, and what is started on it, could try to use it.
 */
public final class DrillProfile extends Construct {
  /**
   * What an agent needs of AmazonSSMManagedInstanceCore. From version 3.3.40.0 on it takes commands
   * through ssmmessages, so that ec2messages is left out (Systems Manager user guide, "Create VPC
   * endpoints").
   */
  private static final Permission TAKES_COMMANDS =
      new Permission(
          List.of(
              "ssm:UpdateInstanceInformation",
              "ssmmessages:CreateControlChannel",
              "ssmmessages:CreateDataChannel",
              "ssmmessages:OpenControlChannel",
              "ssmmessages:OpenDataChannel"),
          List.of("*"),
          Map.of(),
          Optional.of("the id of a drill instance is not known, and channels have no resource"));

  private final Role role;
  private final InstanceProfile profile;

  public DrillProfile(Construct scope, String id) {
    super(scope, id);
    this.role =
        TaskRole.role(
            this, "Role", new ServicePrincipal("ec2.amazonaws.com"), "drill instances act as it");
    TaskRole.grant(role, List.of(TAKES_COMMANDS));
    this.profile = InstanceProfile.Builder.create(this, "Profile").role(role).build();
  }

  /** The name of the instance profile. */
  public String name() {
    return profile.getInstanceProfileName();
  }

  /** The ARN of its role, which a launch passes to EC2. */
  public String roleArn() {
    return role.getRoleArn();
  }
}
