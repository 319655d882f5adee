package dev.freezeframe.retention;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.SnapshotSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An EC2 that knows what a plan asks, and refuses everything else. */
public interface Ec2SnapshotsOfPlan extends Ec2Snapshots {

  @Override
  default Map<SnapshotId, Ec2Snapshot> existing(Collection<SnapshotId> snapshots) {
    return find(snapshots);
  }

  @Override
  default Map<SnapshotId, List<String>> sharing(Collection<SnapshotId> snapshots) {
    return Map.of();
  }

  @Override
  default Page tagged(TagSelector tag, Optional<String> token) {
    throw new UnsupportedOperationException("a plan does not look for snapshots by tag");
  }

  @Override
  default List<SnapshotSet> sets(RunId run, InstanceId instance) {
    throw new UnsupportedOperationException("a plan does not look for sets");
  }

  @Override
  default Optional<String> tag(Collection<SnapshotId> snapshots, Map<String, String> tags) {
    throw new UnsupportedOperationException("a plan tags nothing");
  }

  @Override
  default Map<VolumeId, InstanceId> attachedTo(Collection<VolumeId> volumes) {
    throw new UnsupportedOperationException("a plan does not ask for volumes");
  }

  @Override
  default Ending delete(SnapshotId snapshot) {
    throw new UnsupportedOperationException("a plan deletes nothing");
  }
}
