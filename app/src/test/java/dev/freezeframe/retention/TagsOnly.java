package dev.freezeframe.retention;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.snapshot.SetOrder;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotSets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Snapshot sets that can only be tagged. */
record TagsOnly(FakeEc2Snapshots live) implements SnapshotSets {

  @Override
  public SnapshotSet create(SetOrder order) {
    throw new UnsupportedOperationException("retention creates nothing");
  }

  @Override
  public List<SnapshotSet> find(RunId run, InstanceId instance) {
    throw new UnsupportedOperationException("retention looks for no run");
  }

  @Override
  public Map<SnapshotId, Standing> standing(Collection<SnapshotId> snapshots) {
    throw new UnsupportedOperationException("retention has its own");
  }

  @Override
  public Optional<String> tag(Collection<SnapshotId> snapshots, Map<String, String> tags) {
    snapshots.forEach(id -> tags.forEach((key, value) -> live.tag(id, key, Optional.of(value))));
    return Optional.empty();
  }
}
