package dev.freezeframe.operator.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinRequest;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/** An EC2 that only describes; everything that changes something is unsupported. */
final class RestoreEc2 implements Ec2Client {
  final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
  final Map<String, Volume> volumes = new LinkedHashMap<>();
  final Map<String, Instance> instances = new LinkedHashMap<>();

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    List<String> ids = values(request.filters(), "snapshot-id");
    return DescribeSnapshotsResponse.builder()
        .snapshots(
            snapshots.values().stream().filter(one -> ids.contains(one.snapshotId())).toList())
        .build();
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    List<String> ids = values(request.filters(), "volume-id");
    List<String> instance = values(request.filters(), "attachment.instance-id");
    return DescribeVolumesResponse.builder()
        .volumes(
            volumes.values().stream()
                .filter(
                    one ->
                        ids.contains(one.volumeId())
                            || one.attachments().stream()
                                .anyMatch(on -> instance.contains(on.instanceId())))
                .toList())
        .build();
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    List<String> ids = new ArrayList<>(request.instanceIds());
    ids.addAll(values(request.filters(), "instance-id"));
    return DescribeInstancesResponse.builder()
        .reservations(
            Reservation.builder()
                .instances(
                    instances.values().stream()
                        .filter(one -> ids.contains(one.instanceId()))
                        .toList())
                .build())
        .build();
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return DescribeInstanceTypesResponse.builder()
        .instanceTypes(
            InstanceTypeInfo.builder()
                .instanceType(request.instanceTypesAsStrings().get(0))
                .instanceStorageSupported(false)
                .ebsInfo(ebs -> ebs.maximumEbsAttachments(27).attachmentLimitType("shared"))
                .build())
        .build();
  }

  @Override
  public DescribeInstanceAttributeResponse describeInstanceAttribute(
      DescribeInstanceAttributeRequest request) {
    return DescribeInstanceAttributeResponse.builder()
        .disableApiStop(value -> value.value(false))
        .instanceInitiatedShutdownBehavior(value -> value.value("stop"))
        .build();
  }

  @Override
  public ListSnapshotsInRecycleBinResponse listSnapshotsInRecycleBin(
      ListSnapshotsInRecycleBinRequest request) {
    return ListSnapshotsInRecycleBinResponse.builder().snapshots(List.of()).build();
  }

  private static List<String> values(List<Filter> filters, String name) {
    return filters.stream()
        .filter(filter -> filter.name().equals(name))
        .flatMap(filter -> filter.values().stream())
        .toList();
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
