package dev.freezeframe.rehearsal.run;

import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.ec2.instance.FleetNetwork;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;

/** Where drill instances are launched: what a deployment that has a network for them creates. */
final class DrillNetwork {
  private static final String VPC = "vpc-00000000000d2111";
  private static final String PROFILE = "freezeframe-drill";

  /** Two subnets, since EC2 may have no room in one zone. */
  static final DrillHost HOST =
      new DrillHost(
          List.of("subnet-00000000000d2111", "subnet-00000000000d2112"),
          List.of("sg-00000000000d2111"),
          PROFILE);

  private DrillNetwork() {}

  /** Adds what a deployment has. */
  static void deploy(FleetNetwork network) {
    network.add(subnet(HOST.subnets().get(0), "a"));
    network.add(subnet(HOST.subnets().get(1), "b"));
    HOST.securityGroups().forEach(id -> network.add(group(id)));
    network.add(
        IamInstanceProfile.builder()
            .arn("arn:aws:iam::%s:instance-profile/%s".formatted(Account.ID, PROFILE))
            .build(),
        true);
  }

  /**
   * Adds what a policy names of its own. That its subnets reach Systems Manager is assumed: no file
   * says so.
   */
  static void add(FleetNetwork network, Drill.Host own) {
    own.subnets().forEach(id -> network.add(subnet(id, "a")));
    own.securityGroups().forEach(id -> network.add(group(id)));
  }

  private static FleetNetwork.Subnet subnet(String id, String zone) {
    return new FleetNetwork.Subnet(id, VPC, Account.REGION + zone, true);
  }

  private static GroupIdentifier group(String id) {
    return GroupIdentifier.builder().groupId(id).groupName(PROFILE).build();
  }
}
