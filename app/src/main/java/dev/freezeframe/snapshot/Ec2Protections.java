package dev.freezeframe.snapshot;

import dev.freezeframe.common.SnapshotId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.LockedSnapshotsInfo;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;

/** What protects snapshots in EC2: locks, images that use them, accounts they are shared with. */
record Ec2Protections(Ec2Client ec2) {

  /** The modes of the locks, of those that are locked. */
  Map<String, String> locks(List<String> existing) {
    Map<String, String> locks = new HashMap<>();
    String token = null;
    do {
      String from = token;
      var answer =
          ec2.describeLockedSnapshots(
              request ->
                  request
                      .filters(
                          filter(
                              "lock-state",
                              List.of("compliance-cooloff", "governance", "compliance")))
                      .snapshotIds(existing)
                      .nextToken(from));
      for (LockedSnapshotsInfo lock : answer.snapshots()) {
        locks.put(lock.snapshotId(), lock.lockStateAsString());
      }
      token = answer.nextToken();
    } while (token != null && !token.isEmpty());
    return locks;
  }

  /** The images that use them, disabled and deprecated ones too. */
  Map<String, List<String>> images(List<String> existing) {
    Map<String, List<String>> images = new HashMap<>();
    ec2.describeImagesPaginator(
            request ->
                request
                    .owners("self")
                    .includeDisabled(true)
                    .includeDeprecated(true)
                    .filters(filter("block-device-mapping.snapshot-id", existing)))
        .images()
        .forEach(
            image ->
                image.blockDeviceMappings().stream()
                    .filter(mapping -> mapping.ebs() != null && mapping.ebs().snapshotId() != null)
                    .map(mapping -> mapping.ebs().snapshotId())
                    .forEach(
                        id ->
                            images
                                .computeIfAbsent(id, any -> new ArrayList<>())
                                .add(image.imageId())));
    return images;
  }

  /** The accounts that they are shared with; {@code all} stands for everybody. */
  Map<SnapshotId, List<String>> sharing(Collection<SnapshotId> snapshots) {
    Map<SnapshotId, List<String>> sharing = new TreeMap<>();
    for (SnapshotId snapshot : snapshots) {
      List<String> accounts =
          ec2
              .describeSnapshotAttribute(
                  request ->
                      request
                          .snapshotId(snapshot.value())
                          .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))
              .createVolumePermissions()
              .stream()
              .map(Ec2Protections::account)
              .sorted()
              .toList();
      if (!accounts.isEmpty()) {
        sharing.put(snapshot, accounts);
      }
    }
    return sharing;
  }

  private static String account(CreateVolumePermission permission) {
    return permission.userId() == null ? permission.groupAsString() : permission.userId();
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }
}
