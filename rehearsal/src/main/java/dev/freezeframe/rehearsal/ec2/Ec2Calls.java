package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.Operation;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.ec2.api.Ec2Parameters;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinRequest;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * The calls of EC2 as one caller makes them: each takes its time, is counted, meets its request
 * rate, and is carried out if its parameters are known and the caller may do it.
 */
class Ec2Calls implements Ec2Client {
  private static final Duration READ = Duration.ofMillis(80);
  private static final Duration CHANGE = Duration.ofMillis(160);
  private static final Duration CREATE = Duration.ofMillis(900);

  private final Ec2Service service;
  private final InstancePermission permission;

  Ec2Calls(Ec2Service service, InstancePermission permission) {
    this.service = service;
    this.permission = permission;
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    boolean bounded =
        !request.filters().isEmpty()
            || !request.instanceIds().isEmpty()
            || request.maxResults() != null;
    return read(
        "DescribeInstances", bounded, request, () -> service.descriptions.instances(request));
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    boolean bounded =
        !request.filters().isEmpty()
            || !request.volumeIds().isEmpty()
            || request.maxResults() != null;
    return read("DescribeVolumes", bounded, request, () -> service.descriptions.volumes(request));
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    boolean bounded =
        !request.filters().isEmpty()
            || !request.snapshotIds().isEmpty()
            || request.maxResults() != null;
    return read(
        "DescribeSnapshots", bounded, request, () -> service.descriptions.snapshots(request));
  }

  /** The account has no rule of the Recycle Bin: what is deleted is gone. */
  @Override
  public ListSnapshotsInRecycleBinResponse listSnapshotsInRecycleBin(
      ListSnapshotsInRecycleBinRequest request) {
    return read(
        "ListSnapshotsInRecycleBin",
        true,
        request,
        () -> ListSnapshotsInRecycleBinResponse.builder().build());
  }

  @Override
  public DescribeLockedSnapshotsResponse describeLockedSnapshots(
      DescribeLockedSnapshotsRequest request) {
    return read(
        "DescribeLockedSnapshots", true, request, () -> service.protections.locked(request));
  }

  @Override
  public DescribeSnapshotAttributeResponse describeSnapshotAttribute(
      DescribeSnapshotAttributeRequest request) {
    return read(
        "DescribeSnapshotAttribute", true, request, () -> service.protections.sharing(request));
  }

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return read("DescribeImages", true, request, () -> service.images.describe(request));
  }

  @Override
  public DescribeInstanceAttributeResponse describeInstanceAttribute(
      DescribeInstanceAttributeRequest request) {
    return read(
        "DescribeInstanceAttribute", true, request, () -> service.attributes.describe(request));
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return read("DescribeInstanceTypes", true, request, () -> service.types.describe(request));
  }

  @Override
  public DescribeInstanceTypeOfferingsResponse describeInstanceTypeOfferings(
      DescribeInstanceTypeOfferingsRequest request) {
    return read(
        "DescribeInstanceTypeOfferings", true, request, () -> service.types.offerings(request));
  }

  @Override
  public DescribeKeyPairsResponse describeKeyPairs(DescribeKeyPairsRequest request) {
    return read("DescribeKeyPairs", true, request, () -> service.network.keyPairs(request));
  }

  @Override
  public DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    return read("DescribeSecurityGroups", true, request, () -> service.network.groups(request));
  }

  @Override
  public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    return read("DescribeSubnets", true, request, () -> service.network.subnets(request));
  }

  @Override
  public DescribeVolumeStatusResponse describeVolumeStatus(DescribeVolumeStatusRequest request) {
    return read("DescribeVolumeStatus", true, request, () -> service.statuses.describe(request));
  }

  @Override
  public DescribeReplaceRootVolumeTasksResponse describeReplaceRootVolumeTasks(
      DescribeReplaceRootVolumeTasksRequest request) {
    return read(
        "DescribeReplaceRootVolumeTasks", true, request, () -> service.roots.describe(request));
  }

  @Override
  public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    String instance =
        request.instanceSpecification() == null
            ? ""
            : String.valueOf(request.instanceSpecification().instanceId());
    CreateSnapshotsResponse answer =
        change(
            Operation.change("ec2:CreateSnapshots", CREATE),
            Named.detail(instance),
            request,
            request.dryRun(),
            () -> service.sets.create(request));
    service.sets.answered(answer);
    return answer;
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return change(
        changing("CreateTags"),
        Named.detail(String.join(" ", request.resources())),
        request,
        request.dryRun(),
        () -> {
          service.tagging.create(request.resources(), request.tags());
          return CreateTagsResponse.builder().build();
        });
  }

  @Override
  public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    return change(
        changing("DeleteTags"),
        Named.detail(String.join(" ", request.resources())),
        request,
        request.dryRun(),
        () -> {
          service.tagging.delete(request.resources(), request.tags());
          return DeleteTagsResponse.builder().build();
        });
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return change(
        changing("DeleteSnapshot"),
        Named.detail(request.snapshotId()),
        request,
        request.dryRun(),
        () -> {
          service.snapshots.delete(request.snapshotId());
          return DeleteSnapshotResponse.builder().build();
        });
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return change(
        mutating("StopInstances"),
        Named.resources("InstanceId", request.instanceIds()),
        request,
        request.dryRun(),
        () -> service.instances.stop(request, caller()));
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return change(
        changing("StartInstances"),
        Named.resources("InstanceId", request.instanceIds()),
        request,
        request.dryRun(),
        () -> service.instances.start(request, caller()));
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    return change(
        changing("TerminateInstances"),
        Named.resources("InstanceId", request.instanceIds()),
        request,
        request.dryRun(),
        () -> service.instances.terminate(request));
  }

  @Override
  public RunInstancesResponse runInstances(RunInstancesRequest request) {
    return change(
        Operation.change("ec2:RunInstances", CREATE),
        Named.detail(Objects.toString(request.imageId(), "")),
        request,
        request.dryRun(),
        () -> service.launches.run(request, caller()));
  }

  @Override
  public ModifyInstanceAttributeResponse modifyInstanceAttribute(
      ModifyInstanceAttributeRequest request) {
    return change(
        mutating("ModifyInstanceAttribute"),
        Named.resource("InstanceId", request.instanceId()),
        request,
        request.dryRun(),
        () -> service.attributes.modify(request));
  }

  @Override
  public CreateReplaceRootVolumeTaskResponse createReplaceRootVolumeTask(
      CreateReplaceRootVolumeTaskRequest request) {
    return change(
        mutating("CreateReplaceRootVolumeTask"),
        Named.resource("InstanceId", request.instanceId()),
        request,
        request.dryRun(),
        () -> service.roots.create(request, caller()));
  }

  @Override
  public CreateVolumeResponse createVolume(CreateVolumeRequest request) {
    return change(
        Operation.change("ec2:CreateVolume", CREATE),
        Named.detail(Objects.toString(request.snapshotId(), "")),
        request,
        request.dryRun(),
        () -> service.volumes.create(request, caller()));
  }

  @Override
  public AttachVolumeResponse attachVolume(AttachVolumeRequest request) {
    return change(
        mutating("AttachVolume"),
        Named.resource("VolumeId", request.volumeId())
            .and(Named.resource("InstanceId", request.instanceId()))
            .with("Device", request.device()),
        request,
        request.dryRun(),
        () -> service.attachments.attach(request));
  }

  @Override
  public DetachVolumeResponse detachVolume(DetachVolumeRequest request) {
    return change(
        mutating("DetachVolume"),
        Named.resource("VolumeId", request.volumeId()),
        request,
        request.dryRun(),
        () -> service.attachments.detach(request));
  }

  @Override
  public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) {
    return change(
        changing("DeleteVolume"),
        Named.resource("VolumeId", request.volumeId()),
        request,
        request.dryRun(),
        () -> {
          service.storage.delete(request.volumeId());
          return DeleteVolumeResponse.builder().build();
        });
  }

  @Override
  public RegisterImageResponse registerImage(RegisterImageRequest request) {
    return change(
        mutating("RegisterImage"),
        Named.detail(Objects.toString(request.name(), "")).with("Name", request.name()),
        request,
        request.dryRun(),
        () -> service.images.register(request));
  }

  @Override
  public DeregisterImageResponse deregisterImage(DeregisterImageRequest request) {
    return change(
        changing("DeregisterImage"),
        Named.resource("ImageId", request.imageId()),
        request,
        request.dryRun(),
        () -> service.images.deregister(request));
  }

  private Caller caller() {
    Object context = service.time.running().context();
    return context == null ? Caller.UNNAMED : (Caller) context;
  }

  private static Operation changing(String name) {
    return Operation.change("ec2:" + name, CHANGE);
  }

  /** A change that has no request rate of its own. */
  private static Operation mutating(String name) {
    return changing(name).against(RequestRates.EC2_MUTATING);
  }

  private <T> T read(String name, boolean bounded, Ec2Request request, Supplier<T> effect) {
    Operation operation = Operation.read("ec2:" + name, READ);
    return call(
        bounded ? operation : operation.against(operation.action() + RequestRates.UNFILTERED),
        "",
        request,
        effect);
  }

  /** As documented of a dry run: what would be carried out is refused too. */
  private <T> T change(
      Operation operation, Named named, Ec2Request request, Boolean dryRun, Supplier<T> effect) {
    return call(
        operation,
        named.detail(),
        request,
        () -> {
          named.check(operation.action(), permission);
          if (Boolean.TRUE.equals(dryRun)) {
            throw Ec2Refusal.dryRun();
          }
          return effect.get();
        });
  }

  private <T> T call(Operation operation, String detail, Ec2Request request, Supplier<T> effect) {
    return service.api.call(
        operation,
        detail,
        Ec2Refusal::throttled,
        () -> {
          Ec2Parameters.check(request);
          return effect.get();
        });
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
