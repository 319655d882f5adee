package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Matching;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Which subnets, security groups and key pairs there are, by filters alone. */
public final class NetworkCalls {
  private static final Matching<Subnet> SUBNETS =
      new Matching<>(Subnet::tags, Map.of("subnet-id", Subnet::subnetId, "vpc-id", Subnet::vpcId));
  private static final Matching<SecurityGroup> GROUPS =
      new Matching<>(
          SecurityGroup::tags,
          Map.of("group-id", SecurityGroup::groupId, "group-name", SecurityGroup::groupName));
  private static final Matching<KeyPairInfo> KEY_PAIRS =
      new Matching<>(KeyPairInfo::tags, Map.of("key-name", KeyPairInfo::keyName));

  private final FleetNetwork network;

  public NetworkCalls(FleetNetwork network) {
    this.network = network;
  }

  public DescribeSubnetsResponse subnets(DescribeSubnetsRequest request) {
    List<Subnet> all =
        network.subnets().stream()
            .map(
                subnet ->
                    Subnet.builder()
                        .subnetId(subnet.id())
                        .vpcId(subnet.vpcId())
                        .availabilityZone(subnet.zone())
                        .state("available")
                        .build())
            .filter(SUBNETS.of(request.filters()))
            .toList();
    return DescribeSubnetsResponse.builder().subnets(all).build();
  }

  public DescribeSecurityGroupsResponse groups(DescribeSecurityGroupsRequest request) {
    List<SecurityGroup> all =
        network.groups().stream()
            .map(
                group ->
                    SecurityGroup.builder()
                        .groupId(group.groupId())
                        .groupName(group.groupName())
                        .build())
            .filter(GROUPS.of(request.filters()))
            .toList();
    return DescribeSecurityGroupsResponse.builder().securityGroups(all).build();
  }

  public DescribeKeyPairsResponse keyPairs(DescribeKeyPairsRequest request) {
    List<KeyPairInfo> all =
        network.keyPairs().stream()
            .map(name -> KeyPairInfo.builder().keyName(name).build())
            .filter(KEY_PAIRS.of(request.filters()))
            .toList();
    return DescribeKeyPairsResponse.builder().keyPairs(all).build();
  }
}
