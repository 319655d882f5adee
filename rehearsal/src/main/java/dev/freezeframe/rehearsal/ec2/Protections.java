package dev.freezeframe.rehearsal.ec2;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.LockState;
import software.amazon.awssdk.services.ec2.model.LockedSnapshotsInfo;

/** What EC2 says of locks, images and shares. */
final class Protections {
  private static final String USES = "block-device-mapping.snapshot-id";

  private final SnapshotStore snapshots;
  private final Set<String> disabledImages = ConcurrentHashMap.newKeySet();

  Protections(SnapshotStore snapshots) {
    this.snapshots = snapshots;
  }

  DescribeLockedSnapshotsResponse locked(DescribeLockedSnapshotsRequest request) {
    return DescribeLockedSnapshotsResponse.builder()
        .snapshots(
            request.snapshotIds().stream()
                .sorted()
                .map(snapshots::visible)
                .filter(StoredSnapshot::locked)
                .map(
                    snapshot ->
                        LockedSnapshotsInfo.builder()
                            .snapshotId(snapshot.id())
                            .lockState(LockState.GOVERNANCE)
                            .build())
                .toList())
        .build();
  }

  void disableImage(String image) {
    disabledImages.add(image);
  }

  /** Disabled ones are left out, as EC2 does, unless they are asked for. */
  DescribeImagesResponse images(DescribeImagesRequest request) {
    TreeMap<String, String> uses = new TreeMap<>();
    for (Filter filter : request.filters()) {
      if (!filter.name().equals(USES)) {
        throw Ec2Refusal.of(
            "InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
      }
      snapshots.visible().stream()
          .filter(snapshot -> snapshot.image() != null)
          .filter(snapshot -> filter.values().contains(snapshot.id()))
          .filter(
              snapshot ->
                  Boolean.TRUE.equals(request.includeDisabled())
                      || !disabledImages.contains(snapshot.image()))
          .forEach(snapshot -> uses.put(snapshot.id(), snapshot.image()));
    }
    return DescribeImagesResponse.builder()
        .images(
            uses.entrySet().stream()
                .map(
                    use ->
                        Image.builder()
                            .imageId(use.getValue())
                            .blockDeviceMappings(
                                BlockDeviceMapping.builder()
                                    .ebs(EbsBlockDevice.builder().snapshotId(use.getKey()).build())
                                    .build())
                            .build())
                .toList())
        .build();
  }

  DescribeSnapshotAttributeResponse sharing(DescribeSnapshotAttributeRequest request) {
    String account = snapshots.visible(request.snapshotId()).sharedWith();
    return DescribeSnapshotAttributeResponse.builder()
        .snapshotId(request.snapshotId())
        .createVolumePermissions(
            account == null
                ? List.of()
                : List.of(CreateVolumePermission.builder().userId(account).build()))
        .build();
  }
}
