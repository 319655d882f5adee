package dev.freezeframe.rehearsal.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.instance.FleetNetwork;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.run.EmbeddedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** Somebody who makes every call of a drill, whatever comes of the one before. */
final class DrillCalls {
  private static final String DOCUMENT = "drill-filesystem";
  private static final String EXECUTION = "11111111-1111-4111-8111-111111111111";
  private static final String SUBNET = "subnet-drill";
  private static final String PROFILE = "arn:aws:iam::123456789012:instance-profile/drill";
  private static final String IMAGE =
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

  private final EmbeddedCloud cloud;
  private final List<String> seen = new ArrayList<>();

  DrillCalls(EmbeddedCloud cloud) {
    this.cloud = cloud;
    FleetNetwork network = cloud.ec2().network();
    network.add(new FleetNetwork.Subnet(SUBNET, "vpc-drill", "eu-central-1a", true));
    network.add(IamInstanceProfile.builder().arn(PROFILE).build(), true);
  }

  /** Has it done for an instance. */
  void schedule(String instanceId, Duration from) {
    Caller caller = new Caller("", "Drill", instanceId);
    cloud
        .time()
        .after(from, () -> cloud.time().start("drill", () -> make(instanceId)).attach(caller));
  }

  /** What there was after each call. */
  List<String> seen() {
    return seen;
  }

  private void make(String instanceId) {
    String boot = cloud.ec2().bootVolumeOf(instanceId).orElse("");
    List<BlockDeviceMapping> data = new ArrayList<>();
    cloud.ec2().snapshots().stream()
        .filter(view -> view.instanceId().equals(instanceId) && !view.volumeId().equals(boot))
        .map(SnapshotView::snapshotId)
        .forEach(
            snapshot ->
                data.add(
                    BlockDeviceMapping.builder()
                        .deviceName("/dev/sd" + (char) ('f' + data.size()))
                        .ebs(ebs -> ebs.snapshotId(snapshot).deleteOnTermination(true))
                        .build()));
    Optional<String> launched = Optional.empty();
    try {
      launched =
          Optional.of(
              cloud
                  .ec2()
                  .runInstances(
                      r ->
                          r.minCount(1)
                              .maxCount(1)
                              .imageId(IMAGE)
                              .instanceType("t3.small")
                              .subnetId(SUBNET)
                              .iamInstanceProfile(profile -> profile.arn(PROFILE))
                              .instanceInitiatedShutdownBehavior("terminate")
                              .userData(userData())
                              .blockDeviceMappings(data))
                  .instances()
                  .get(0)
                  .instanceId());
    } catch (SdkException refused) {
      seen.add(refused.getMessage());
    }
    launched.ifPresent(this::check);
  }

  private void check(String id) {
    cloud.time().pause(Duration.ofMinutes(5));
    seen.add(
        cloud
            .ssm()
            .describeInstanceInformation(
                r ->
                    r.filters(
                        InstanceInformationStringFilter.builder()
                            .key("InstanceIds")
                            .values(id)
                            .build()))
            .instanceInformationList()
            .toString());
    send(id, "dry-run");
    send(id, "validate");
    cloud.time().pause(Duration.ofHours(2));
    seen.add(id + cloud.ec2().state(id));
  }

  private void send(String id, String command) {
    List<String> members =
        cloud.ec2().volumesAttachedTo(id).stream()
            .filter(volume -> cloud.ec2().originOf(volume.snapshotId()).isPresent())
            .map(DrillCalls::member)
            .toList();
    try {
      String sent =
          cloud
              .ssm()
              .sendCommand(
                  r ->
                      r.documentName(DOCUMENT)
                          .instanceIds(id)
                          .timeoutSeconds(60)
                          .parameters(
                              Map.of(
                                  "executionId", List.of(EXECUTION),
                                  "command", List.of(command),
                                  "members", List.of(String.join(",", members)))))
              .command()
              .commandId();
      cloud.time().pause(Duration.ofMinutes(10));
      GetCommandInvocationResponse answer =
          cloud.ssm().getCommandInvocation(r -> r.commandId(sent).instanceId(id));
      seen.add(
          "%s %s %d %s %s"
              .formatted(
                  command,
                  answer.statusDetails(),
                  answer.responseCode(),
                  answer.executionStartDateTime(),
                  answer.standardOutputContent()));
    } catch (SdkException refused) {
      seen.add(refused.getMessage());
    }
  }

  private static String member(Volume volume) {
    return "%s:%s".formatted(volume.volumeId(), volume.attachments().get(0).device());
  }

  private static String userData() {
    String script =
        "#!/bin/sh\nshutdown -P +60\nprintf '%%s\\n' %s > /run/freezeframe/drill\n"
            .formatted(EXECUTION);
    return Base64.getEncoder().encodeToString(script.getBytes(UTF_8));
  }
}
