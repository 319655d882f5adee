package dev.freezeframe.drill.ec2;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillPlan;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillTags;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** What EC2 is asked for to launch a drill instance. */
final class Ec2DrillRequest {
  /**
   * The shutdown that ends the instance is the first thing that user data does. The file is the
   * proof by which the documents know a drill instance: {@code /run} is gone with every boot.
   */
  private static final String USER_DATA =
      """
      #!/bin/sh
      shutdown -P +%d
      install -d -m 700 /run/freezeframe
      (umask 077; echo %s >/run/freezeframe/drill)
      """;

  private static final List<ResourceType> TAGGED =
      List.of(ResourceType.INSTANCE, ResourceType.VOLUME, ResourceType.NETWORK_INTERFACE);

  private Ec2DrillRequest() {}

  /**
   * The launch.
   *
   * @throws IllegalStateException if the drill needs no instance
   */
  static RunInstancesRequest of(DrillRow drill) {
    DrillPlan plan = drill.plan().orElseThrow();
    DrillPlan.Host host = plan.host().orElseThrow();
    int attempt = drill.found().attempt();
    return RunInstancesRequest.builder()
        .clientToken(drill.token(attempt))
        .minCount(1)
        .maxCount(1)
        .imageId(host.image())
        .instanceType(host.instanceType())
        .subnetId(host.subnets().get(attempt - 1))
        .securityGroupIds(host.securityGroups())
        .iamInstanceProfile(profile -> profile.name(host.profile()))
        .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
        .metadataOptions(
            options ->
                options
                    .httpTokens(HttpTokensState.REQUIRED)
                    .httpEndpoint(InstanceMetadataEndpointState.ENABLED)
                    .httpPutResponseHopLimit(1))
        .userData(userData(drill.id(), host.lifetime()))
        .blockDeviceMappings(plan.members().stream().map(Ec2DrillRequest::mapping).toList())
        .tagSpecifications(tags(drill.id()).toList())
        .build();
  }

  /**
   * Neither key nor encryption is named: an encrypted snapshot keeps both, and a plain one follows
   * the account's encryption by default.
   */
  private static BlockDeviceMapping mapping(DrillPlan.Member member) {
    return BlockDeviceMapping.builder()
        .deviceName(member.device())
        .ebs(
            EbsBlockDevice.builder()
                .snapshotId(member.snapshot().value())
                .volumeType(VolumeType.GP3)
                .deleteOnTermination(true)
                .build())
        .build();
  }

  /** Nothing but our own: the tags by which policies choose would have it backed up. */
  private static Stream<TagSpecification> tags(DrillId drill) {
    return TAGGED.stream()
        .map(
            type ->
                TagSpecification.builder()
                    .resourceType(type)
                    .tags(Tag.builder().key(DrillTags.DRILL).value(drill.value()).build())
                    .build());
  }

  private static String userData(DrillId drill, Duration lifetime) {
    long minutes = lifetime.plusSeconds(59).toMinutes();
    return Base64.getEncoder()
        .encodeToString(USER_DATA.formatted(minutes, drill.scriptExecution()).getBytes(UTF_8));
  }
}
