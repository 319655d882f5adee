package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/**
 * An EC2 in which drill instances are launched, of the behaviour that drills rest on: a token is
 * answered with its instance whatever became of it, and volumes go with their instance.
 */
final class DrilledCloud implements Ec2Client {
  private final Supplier<Instant> clock;
  final List<RunInstancesRequest> launches = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  final Map<String, Host> hosts = new LinkedHashMap<>();
  final Map<String, Disk> disks = new TreeMap<>();

  /** Codes with which launches are refused, in order; empty ones are not. */
  final List<String> refusals = new ArrayList<>();

  /** With what code the next instance ends by itself; empty: it does not. */
  Optional<String> ends = Optional.empty();

  /** Whether EC2 does not say when instances were launched. */
  boolean withoutLaunchTime;

  /** Whether the answer to a launch is lost. */
  boolean losesAnswer;

  DrilledCloud(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /** An instance. */
  static final class Host {
    final String id;
    final Optional<String> token;
    final Instant launchedAt;
    String state = "pending";
    Optional<String> code = Optional.empty();
    Map<String, String> tags = new TreeMap<>();

    Host(String id, Optional<String> token, Instant launchedAt) {
      this.id = id;
      this.token = token;
      this.launchedAt = launchedAt;
    }
  }

  /** A volume. */
  static final class Disk {
    final String id;
    final String snapshot;
    Optional<String> host;
    String device = "";
    Map<String, String> tags = new TreeMap<>();

    Disk(String id, String snapshot, Optional<String> host) {
      this.id = id;
      this.snapshot = snapshot;
      this.host = host;
    }
  }

  Host host() {
    return hosts.values().stream().reduce((first, second) -> second).orElseThrow();
  }

  /** What time does: what was ordered has happened. */
  void settle() {
    for (Host host : hosts.values()) {
      if (host.state.equals("pending")) {
        host.state = host.code.isPresent() ? "terminated" : "running";
      } else if (host.state.equals("shutting-down")) {
        host.state = "terminated";
      }
      if (host.state.equals("terminated")) {
        disks.values().removeIf(disk -> disk.host.equals(Optional.of(host.id)));
      }
    }
  }

  @Override
  public RunInstancesResponse runInstances(RunInstancesRequest request) {
    launches.add(request);
    Optional<Host> known =
        hosts.values().stream()
            .filter(host -> host.token.equals(Optional.of(request.clientToken())))
            .findFirst();
    if (known.isEmpty() && !refusals.isEmpty()) {
      String code = refusals.remove(0);
      if (!code.isEmpty()) {
        throw refusal(code);
      }
    }
    Host host = known.orElseGet(() -> launched(request));
    if (losesAnswer) {
      losesAnswer = false;
      throw Ec2Exception.builder()
          .statusCode(503)
          .awsErrorDetails(
              AwsErrorDetails.builder().errorCode("Unavailable").errorMessage("busy").build())
          .build();
    }
    return RunInstancesResponse.builder().instances(instance(host)).build();
  }

  private Host launched(RunInstancesRequest request) {
    Host host =
        new Host(
            "i-%017x".formatted(900 + hosts.size()),
            Optional.of(request.clientToken()),
            clock.get());
    host.code = ends;
    ends = Optional.empty();
    host.tags.put(DrillTags.DRILL, request.tagSpecifications().get(0).tags().get(0).value());
    hosts.put(host.id, host);
    request
        .blockDeviceMappings()
        .forEach(mapping -> disk(host, mapping.ebs().snapshotId(), mapping.deviceName()));
    disk(host, "snap-0000000000000ffff", "/dev/xvda");
    return host;
  }

  private void disk(Host host, String snapshot, String device) {
    Disk disk = new Disk("vol-%017x".formatted(900 + disks.size()), snapshot, Optional.of(host.id));
    disk.device = device;
    disk.tags.putAll(host.tags);
    disks.put(disk.id, disk);
  }

  /** EC2 has no room with the status of a fault of its own. */
  private static Ec2Exception refusal(String code) {
    return (Ec2Exception)
        Ec2Exception.builder()
            .statusCode(code.endsWith("Capacity") ? 500 : 400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage("not now").build())
            .build();
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    Predicate<Host> wanted = host -> true;
    for (Filter filter : request.filters()) {
      wanted =
          wanted.and(
              host ->
                  switch (filter.name()) {
                    case "client-token" -> filter.values().contains(host.token.orElse(""));
                    case "tag-key" -> filter.values().stream().anyMatch(host.tags::containsKey);
                    case "instance-state-name" -> filter.values().contains(host.state);
                    default -> throw new IllegalArgumentException(filter.name());
                  });
    }
    return DescribeInstancesResponse.builder()
        .reservations(
            Reservation.builder()
                .instances(hosts.values().stream().filter(wanted).map(this::instance).toList())
                .build())
        .build();
  }

  private Instance instance(Host host) {
    Instance.Builder instance =
        Instance.builder()
            .instanceId(host.id)
            .imageId("ami-0123456789abcdef0")
            .clientToken(host.token.orElse(null))
            .launchTime(withoutLaunchTime ? null : host.launchedAt)
            .state(state -> state.name(host.state))
            .tags(tags(host.tags));
    host.code.ifPresent(
        code -> instance.stateReason(reason -> reason.code(code).message("it ended")));
    return instance.build();
  }

  private static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    Filter filter = request.filters().get(0);
    Predicate<Disk> wanted =
        disk ->
            switch (filter.name()) {
              case "attachment.instance-id" -> filter.values().contains(disk.host.orElse(""));
              case "volume-id" -> filter.values().contains(disk.id);
              default ->
                  filter
                      .values()
                      .contains(
                          disk.tags.getOrDefault(filter.name().replaceFirst("^tag:", ""), ""));
            };
    return DescribeVolumesResponse.builder()
        .volumes(disks.values().stream().filter(wanted).map(DrilledCloud::volume).toList())
        .build();
  }

  private static Volume volume(Disk disk) {
    Volume.Builder volume =
        Volume.builder()
            .volumeId(disk.id)
            .snapshotId(disk.snapshot)
            .state(disk.host.isPresent() ? "in-use" : "available")
            .tags(tags(disk.tags));
    disk.host.ifPresent(
        host ->
            volume.attachments(
                VolumeAttachment.builder()
                    .instanceId(host)
                    .device(disk.device)
                    .state("attached")
                    .deleteOnTermination(true)
                    .build()));
    return volume.build();
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    calls.add("terminate " + request.instanceIds().get(0));
    Host host = hosts.get(request.instanceIds().get(0));
    if (!host.state.equals("terminated")) {
      host.state = "shutting-down";
    }
    return TerminateInstancesResponse.builder().build();
  }

  @Override
  public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    calls.add("delete " + request.volumeId());
    disks.remove(request.volumeId());
    return DeleteVolumeResponse.builder().build();
  }

  /** Everything that is there still. */
  List<String> remaining() {
    List<String> there = new ArrayList<>(disks.keySet());
    hosts.values().stream()
        .filter(host -> !host.state.equals("terminated"))
        .forEach(host -> there.add(host.id));
    return there;
  }

  void refuse(String... codes) {
    refusals.addAll(Arrays.asList(codes));
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
