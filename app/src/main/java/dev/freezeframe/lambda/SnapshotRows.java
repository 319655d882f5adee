package dev.freezeframe.lambda;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.PolicyName;
import dev.freezeframe.policy.RunId;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.VolumeId;
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
