package dev.freezeframe.task;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * An EC2 of which a test says what it shows; it refuses every other call. An answer has all that
 * there is, whatever the filters say.
 */
public final class KnownEc2 implements Ec2Client {
  public final List<Instance> instances = new ArrayList<>();
  public final List<Volume> volumes = new ArrayList<>();
  public final List<Snapshot> snapshots = new ArrayList<>();

  /** How often snapshots were asked for. */
  public int looks;

  /** What instances were asked for last. */
  public DescribeInstancesRequest asked;

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    asked = request;
    return DescribeInstancesResponse.builder()
        .reservations(Reservation.builder().instances(instances).build())
        .build();
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return DescribeVolumesResponse.builder().volumes(volumes).build();
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    looks++;
    return DescribeSnapshotsResponse.builder().snapshots(snapshots).build();
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
