package dev.freezeframe.task.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.paginators.DescribeVolumesIterable;

/** An EC2 with one instance and its volumes, in which calls take effect at once, or are refused. */
final class UndoneEc2 implements Ec2Client {
  static final String SERVER = "i-0123456789abcdef0";

  String state = "running";

  /** By id; what is deleted is gone. */
  final Map<String, Volume> volumes = new TreeMap<>();

  /** The calls that are refused, by the names of their methods, as EC2 refuses for a limit. */
  final Set<String> refused = new HashSet<>();

  final List<String> calls = new ArrayList<>();

  /** Done at the next describeInstances, which is the last look before a step. */
  Runnable afterLook = () -> {};

  void attached(String id, String snapshot, boolean goes, Map<String, String> tags) {
    volumes.put(id, volume(id, snapshot, tags).toBuilder().attachments(on(goes)).build());
  }

  void free(String id, String snapshot, Map<String, String> tags) {
    volumes.put(id, volume(id, snapshot, tags).toBuilder().state("available").build());
  }

  private static Volume volume(String id, String snapshot, Map<String, String> tags) {
    return Volume.builder()
        .volumeId(id)
        .snapshotId(snapshot)
        .state("in-use")
        .tags(
            tags.entrySet().stream()
                .map(
                    tag ->
                        software.amazon.awssdk.services.ec2.model.Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                .toList())
        .build();
  }

  private static VolumeAttachment on(boolean goes) {
    return VolumeAttachment.builder()
        .instanceId(SERVER)
        .device("/dev/sdf")
        .state("attached")
        .deleteOnTermination(goes)
        .build();
  }

  boolean isAttached(String id) {
    return !volumes.get(id).attachments().isEmpty();
  }

  private void call(String name) {
    calls.add(name);
    if (refused.contains(name)) {
      throw Ec2Exception.builder()
          .statusCode(400)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("AttachmentLimitExceeded")
                  .errorMessage("not now")
                  .build())
          .build();
    }
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    DescribeInstancesResponse seen =
        DescribeInstancesResponse.builder()
            .reservations(
                Reservation.builder()
                    .instances(
                        Instance.builder()
                            .instanceId(SERVER)
                            .state(InstanceState.builder().name(state).build())
                            .build())
                    .build())
            .build();
    Runnable then = afterLook;
    afterLook = () -> {};
    then.run();
    return seen;
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return DescribeVolumesResponse.builder()
        .volumes(
            volumes.values().stream()
                .filter(volume -> request.filters().stream().allMatch(by -> isOf(volume, by)))
                .toList())
        .build();
  }

  @Override
  public DescribeVolumesIterable describeVolumesPaginator(DescribeVolumesRequest request) {
    return new DescribeVolumesIterable(this, request);
  }

  private static boolean isOf(Volume volume, Filter by) {
    return by.name().equals("volume-id")
        ? by.values().contains(volume.volumeId())
        : volume.tags().stream()
            .anyMatch(
                tag -> by.name().equals("tag:" + tag.key()) && by.values().contains(tag.value()));
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    call("stop");
    state = "stopped";
    return StopInstancesResponse.builder().build();
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    call("start");
    state = "running";
    return StartInstancesResponse.builder().build();
  }

  @Override
  public AttachVolumeResponse attachVolume(AttachVolumeRequest request) {
    call("attach");
    change(request.volumeId(), "in-use", List.of(on(false)));
    return AttachVolumeResponse.builder().build();
  }

  @Override
  public DetachVolumeResponse detachVolume(DetachVolumeRequest request) {
    call("detach");
    change(request.volumeId(), "available", List.of());
    return DetachVolumeResponse.builder().build();
  }

  @Override
  public ModifyInstanceAttributeResponse modifyInstanceAttribute(
      ModifyInstanceAttributeRequest request) {
    call("modify");
    volumes.replaceAll(
        (id, volume) ->
            volume.attachments().isEmpty()
                ? volume
                : volume.toBuilder().attachments(on(true)).build());
    return ModifyInstanceAttributeResponse.builder().build();
  }

  @Override
  public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    call("delete");
    volumes.remove(request.volumeId());
    return DeleteVolumeResponse.builder().build();
  }

  private void change(String id, String state, List<VolumeAttachment> attachments) {
    volumes.computeIfPresent(
        id, (key, volume) -> volume.toBuilder().state(state).attachments(attachments).build());
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
