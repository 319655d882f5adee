package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.SdkRetries;
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
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;

/** A client that tries again. By hand: a proxy of this interface takes seconds to make. */
final class RetryingEc2 implements Ec2Client {
  private final Ec2Client ec2;
  private final SdkRetries retries;

  RetryingEc2(Ec2Client ec2, SdkRetries retries) {
    this.ec2 = ec2;
    this.retries = retries;
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return retries.around(() -> ec2.describeInstances(request));
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return retries.around(() -> ec2.describeVolumes(request));
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    return retries.around(() -> ec2.describeSnapshots(request));
  }

  @Override
  public DescribeLockedSnapshotsResponse describeLockedSnapshots(
      DescribeLockedSnapshotsRequest request) {
    return retries.around(() -> ec2.describeLockedSnapshots(request));
  }

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return retries.around(() -> ec2.describeImages(request));
  }

  @Override
  public DescribeSnapshotAttributeResponse describeSnapshotAttribute(
      DescribeSnapshotAttributeRequest request) {
    return retries.around(() -> ec2.describeSnapshotAttribute(request));
  }

  @Override
  public DescribeInstanceAttributeResponse describeInstanceAttribute(
      DescribeInstanceAttributeRequest request) {
    return retries.around(() -> ec2.describeInstanceAttribute(request));
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return retries.around(() -> ec2.describeInstanceTypes(request));
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return retries.around(() -> ec2.stopInstances(request));
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return retries.around(() -> ec2.startInstances(request));
  }

  @Override
  public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    return retries.around(() -> ec2.createSnapshots(request));
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return retries.around(() -> ec2.createTags(request));
  }

  @Override
  public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    return retries.around(() -> ec2.deleteTags(request));
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return retries.around(() -> ec2.deleteSnapshot(request));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
