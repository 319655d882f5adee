package dev.freezeframe.rehearsal.ec2.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.SnapshotState;

/** Has snapshots complete or fail after a while, and tells of it. */
public final class SnapshotCompletion {
  private static final Duration MIN = Duration.ofSeconds(30);
  private static final long MIN_MILLIS_PER_GIB = 200;
  private static final long MAX_MILLIS_PER_GIB = 1000;
  private static final Duration BETWEEN_DOUBLES = Duration.ofSeconds(3);

  private final VirtualTime time;
  private final Seed seed;
  private final SnapshotStore store;
  private final SnapshotEvents events;
  private final EventSink sink;

  public SnapshotCompletion(
      VirtualTime time, Seed seed, SnapshotStore store, SnapshotEvents events, EventSink sink) {
    this.time = time;
    this.seed = seed;
    this.store = store;
    this.events = events;
    this.sink = sink;
  }

  /** Orders what happens to a set; it is on its way already. */
  public void order(List<StoredSnapshot> set, SnapshotBehavior fate) {
    List<Duration> takes = set.stream().map(snapshot -> takes(snapshot, set, fate)).toList();
    if (fate.fails()) {
      time.after(takes.stream().min(Duration::compareTo).orElseThrow(), () -> fail(set, fate));
      return;
    }
    for (int i = 0; i < set.size(); i++) {
      StoredSnapshot snapshot = set.get(i);
      time.after(takes.get(i), () -> complete(snapshot, set, fate));
    }
  }

  /** Orders a single snapshot to complete after a while. */
  public void order(StoredSnapshot snapshot, Duration takes) {
    time.after(takes, () -> complete(snapshot, List.of(), SnapshotBehavior.GOOD));
  }

  private Duration takes(StoredSnapshot snapshot, List<StoredSnapshot> set, SnapshotBehavior fate) {
    if (fate.early()) {
      return Duration.ZERO;
    }
    if (fate.slowest().isPresent() && snapshot.equals(set.get(set.size() - 1))) {
      return fate.slowest().get();
    }
    Duration least = MIN.plusMillis(MIN_MILLIS_PER_GIB * snapshot.sizeInGib());
    Duration most = MIN.plusMillis(MAX_MILLIS_PER_GIB * snapshot.sizeInGib());
    return seed.between("duration of " + snapshot.id(), least, most);
  }

  private void complete(StoredSnapshot snapshot, List<StoredSnapshot> set, SnapshotBehavior fate) {
    settle(snapshot, SnapshotState.COMPLETED, null);
    publish(events.ofSnapshot(snapshot, "", time.instant()), fate);
    if (!set.isEmpty() && set.stream().noneMatch(StoredSnapshot::pending)) {
      publish(events.ofSet(set, "", time.instant()), fate);
    }
  }

  /** Fails the last one before any is complete: all others then go to error, too. */
  private void fail(List<StoredSnapshot> set, SnapshotBehavior fate) {
    String failed = set.get(set.size() - 1).id();
    String cause = "Snapshot " + failed + " is in status error";
    for (StoredSnapshot snapshot : set) {
      settle(snapshot, SnapshotState.ERROR, cause);
    }
    for (StoredSnapshot snapshot : set) {
      publish(events.ofSnapshot(snapshot, cause, time.instant()), fate);
    }
    publish(events.ofSet(set, cause, time.instant()), fate);
  }

  private void settle(StoredSnapshot snapshot, SnapshotState state, String message) {
    snapshot.settle(state, message, time.instant());
    store.settled(snapshot);
  }

  private void publish(ObjectNode event, SnapshotBehavior fate) {
    if (fate.lost()) {
      return;
    }
    if (fate.late().isZero()) {
      sink.publish(event);
    } else {
      time.after(fate.late(), () -> sink.publish(event));
    }
    if (fate.doubled()) {
      time.after(fate.late().plus(BETWEEN_DOUBLES), () -> sink.publish(event.deepCopy()));
    }
  }
}
