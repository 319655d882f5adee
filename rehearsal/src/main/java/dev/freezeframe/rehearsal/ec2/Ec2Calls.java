package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.Operation;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.ec2.api.Ec2Parameters;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.instance.InstanceCalls;
import dev.freezeframe.rehearsal.ec2.instance.InstanceTypes;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;

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

  @Override
  public DescribeLockedSnapshotsResponse describeLockedSnapshots(
      DescribeLockedSnapshotsRequest request) {
    return read(
        "DescribeLockedSnapshots", true, request, () -> service.protections.locked(request));
  }

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return read("DescribeImages", true, request, () -> service.protections.images(request));
  }

  @Override
  public DescribeSnapshotAttributeResponse describeSnapshotAttribute(
      DescribeSnapshotAttributeRequest request) {
    return read(
        "DescribeSnapshotAttribute", true, request, () -> service.protections.sharing(request));
  }

  @Override
  public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    String instance =
        request.instanceSpecification() == null
            ? ""
            : String.valueOf(request.instanceSpecification().instanceId());
    CreateSnapshotsResponse answer =
        call(
            Operation.change("ec2:CreateSnapshots", CREATE),
            instance,
            request,
            () -> {
              refuseDryRun(request.dryRun());
              return service.sets.create(request);
            });
    service.sets.answered(answer);
    return answer;
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return call(
        Operation.change("ec2:CreateTags", CHANGE),
        String.join(" ", request.resources()),
        request,
        () -> {
          refuseDryRun(request.dryRun());
          service.tagging.create(request.resources(), request.tags());
          return CreateTagsResponse.builder().build();
        });
  }

  @Override
  public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    return call(
        Operation.change("ec2:DeleteTags", CHANGE),
        String.join(" ", request.resources()),
        request,
        () -> {
          refuseDryRun(request.dryRun());
          service.tagging.delete(request.resources(), request.tags());
          return DeleteTagsResponse.builder().build();
        });
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return call(
        Operation.change("ec2:DeleteSnapshot", CHANGE),
        request.snapshotId(),
        request,
        () -> {
          refuseDryRun(request.dryRun());
          service.snapshots.delete(request.snapshotId());
          return DeleteSnapshotResponse.builder().build();
        });
  }

  @Override
  public DescribeInstanceAttributeResponse describeInstanceAttribute(
      DescribeInstanceAttributeRequest request) {
    return read(
        "DescribeInstanceAttribute", true, request, () -> service.instances.attribute(request));
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return read("DescribeInstanceTypes", true, request, () -> InstanceTypes.describe(request));
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return call(
        Operation.change(InstanceCalls.STOP, CHANGE),
        String.join(" ", request.instanceIds()),
        request,
        () -> service.instances.stop(request, permission, caller()));
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return call(
        Operation.change(InstanceCalls.START, CHANGE),
        String.join(" ", request.instanceIds()),
        request,
        () -> service.instances.start(request, permission, caller()));
  }

  private Caller caller() {
    Object context = service.time.running().context();
    return context == null ? Caller.UNNAMED : (Caller) context;
  }

  /** As documented: what would be carried out is refused too. Everybody may do everything here. */
  private static void refuseDryRun(Boolean dryRun) {
    if (Boolean.TRUE.equals(dryRun)) {
      throw Ec2Refusal.dryRun();
    }
  }

  private <T> T read(String name, boolean bounded, Ec2Request request, Supplier<T> effect) {
    Operation operation = Operation.read("ec2:" + name, READ);
    return call(
        bounded ? operation : operation.against(operation.action() + RequestRates.UNFILTERED),
        "",
        request,
        effect);
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
