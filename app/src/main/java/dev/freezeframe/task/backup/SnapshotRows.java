package dev.freezeframe.task.backup;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.snapshot.SnapshotSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a set that was just taken. */
final class SnapshotRows {
  private SnapshotRows() {}

  /**
   * A row for each snapshot.
   *
   * @param devices of the volumes, as far as they are known
   */
  static List<SnapshotRow> pending(
      SnapshotSet set,
      InstanceId instance,
      PolicyName policy,
      RunId run,
      String execution,
      Map<VolumeId, String> devices) {
    return set.members().stream()
        .map(
            member ->
                SnapshotRow.pending(
                    member.snapshot(),
                    set.id(),
                    member.volume(),
                    instance,
                    policy,
                    run,
                    execution,
                    set.pointInTime(),
                    Optional.ofNullable(devices.get(member.volume()))))
        .toList();
  }
}
