package dev.freezeframe.retention;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ec2SnapshotsContract;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

class FakeEc2SnapshotsTest extends Ec2SnapshotsContract {
  private final FakeEc2Snapshots fake = new FakeEc2Snapshots();
  private int made;

  private SnapshotId make(SnapshotState state, Map<String, String> tags) {
    Instant at = Instant.parse("2026-11-22T02:00:00Z");
    SnapshotId id = new SnapshotId("snap-%017x".formatted(++made));
    fake.add(
        new Ec2Snapshot(
            id,
            new VolumeId("vol-0aaa0000000000001"),
            at,
            state,
            state.settled() ? Optional.of(at.plusSeconds(60)) : Optional.empty(),
            tags,
            Optional.empty(),
            List.of()));
    return id;
  }

  @Override
  protected SnapshotId completed(Map<String, String> tags) {
    return make(SnapshotState.COMPLETED, tags);
  }

  @Override
  protected SnapshotId pending() {
    return make(SnapshotState.PENDING, Map.of());
  }

  @Override
  protected void lock(SnapshotId snapshot) {
    fake.lock(snapshot, Optional.of("governance"));
  }

  @Override
  protected void useForImage(SnapshotId snapshot, String image) {
    fake.use(snapshot, List.of(image));
  }

  /** To the fake an image is an image. */
  @Override
  protected void disable(String image) {}

  @Override
  protected void share(SnapshotId snapshot, String account) {
    fake.share(snapshot, account);
  }

  @Override
  protected void deleteByHand(SnapshotId snapshot) {
    fake.deleteByHand(snapshot);
  }

  @Override
  protected <T> T ask(Function<Ec2Snapshots, T> question) {
    return question.apply(fake);
  }
}
