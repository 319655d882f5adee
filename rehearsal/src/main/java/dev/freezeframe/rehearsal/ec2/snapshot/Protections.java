package dev.freezeframe.rehearsal.ec2.snapshot;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LockState;
import software.amazon.awssdk.services.ec2.model.LockedSnapshotsInfo;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;

/** What EC2 says of locks and shares. */
public final class Protections {
  /** The mode of every lock here. */
  private static final LockState LOCKED = LockState.GOVERNANCE;

  private final SnapshotStore snapshots;

  public Protections(SnapshotStore snapshots) {
    this.snapshots = snapshots;
  }

  public DescribeLockedSnapshotsResponse locked(DescribeLockedSnapshotsRequest request) {
    boolean wanted =
        request.filters().stream()
            .allMatch(filter -> values(filter, "lock-state").contains(LOCKED.toString()));
    List<StoredSnapshot> asked =
        request.snapshotIds().isEmpty()
            ? snapshots.visible()
            : request.snapshotIds().stream().sorted().map(snapshots::visible).toList();
    return DescribeLockedSnapshotsResponse.builder()
        .snapshots(
            asked.stream()
                .filter(snapshot -> wanted && snapshot.locked())
                .map(
                    snapshot ->
                        LockedSnapshotsInfo.builder()
                            .snapshotId(snapshot.id())
                            .lockState(LOCKED)
                            .build())
                .toList())
        .build();
  }

  /** The values of the one filter that a call has here; another is refused. */
  private static List<String> values(Filter filter, String known) {
    if (!filter.name().equals(known)) {
      throw Ec2Refusal.of("InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
    }
    return filter.values();
  }

  public DescribeSnapshotAttributeResponse sharing(DescribeSnapshotAttributeRequest request) {
    if (request.attribute() != SnapshotAttributeName.CREATE_VOLUME_PERMISSION) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Attribute is %s, expected createVolumePermission"
              .formatted(request.attributeAsString()));
    }
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
