package dev.freezeframe.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * An EC2 of which a test says what it shows; it refuses every other call. An answer has all that
 * there is, whatever the filters say.
 */
public final class KnownEc2 implements Ec2Client {
  public final List<Instance> instances = new ArrayList<>();
  public final List<Volume> volumes = new ArrayList<>();
  public final List<Snapshot> snapshots = new ArrayList<>();

  /** What CreateSnapshots was asked for; it takes what it is told to, and shows it. */
  public final List<CreateSnapshotsRequest> ordered = new ArrayList<>();

  public final List<CreateTagsRequest> tagged = new ArrayList<>();

  /** What CreateSnapshots takes. */
  public final List<SnapshotInfo> taken = new ArrayList<>();

  /** Why EC2 changes nothing; empty: it does. */
  public Optional<Ec2Exception> refusal = Optional.empty();

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
  public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    ordered.add(request);
    refuse();
    return CreateSnapshotsResponse.builder().snapshots(taken).build();
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    tagged.add(request);
    refuse();
    return CreateTagsResponse.builder().build();
  }

  private void refuse() {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /** An answer that is no success. */
  public static Ec2Exception refused(int status, String code) {
    return (Ec2Exception)
        Ec2Exception.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code)
                    .errorMessage("as the test has it")
                    .build())
            .build();
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
