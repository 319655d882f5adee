package dev.freezeframe.rehearsal.ec2.snapshot;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** The snapshots, and the limits on making and deleting them. */
public final class SnapshotStore {
  private static final Duration BETWEEN_TWO = Duration.ofSeconds(15);

  private final InstantSource time;
  private final Ec2Settings settings;
  private final Function<String, Optional<String>> imageUsing;
  private final SortedMap<String, StoredSnapshot> snapshots = new TreeMap<>();
  private final Map<String, Instant> lastOfVolume = new HashMap<>();
  private final Map<String, Integer> pendingOfVolume = new HashMap<>();
  private final Map<String, Instant> takenAt = new HashMap<>();
  private final Map<String, SnapshotOrigin> origins = new HashMap<>();
  private int pending;

  /**
   * A store.
   *
   * @param imageUsing the image that uses a snapshot, which cannot be deleted then
   */
  public SnapshotStore(
      InstantSource time, Ec2Settings settings, Function<String, Optional<String>> imageUsing) {
    this.time = time;
    this.settings = settings;
    this.imageUsing = imageUsing;
  }

  /** Refuses a set that would break a limit. */
  public void checkLimits(List<Volume> volumes) {
    if (snapshots.size() + volumes.size() > settings.snapshotsPerRegion()) {
      throw Ec2Refusal.of(
          "SnapshotLimitExceeded", "The maximum number of snapshots has been reached");
    }
    if (pending + volumes.size() > settings.pendingPerAccount()) {
      throw Ec2Refusal.of(
          "PendingSnapshotLimitExceeded",
          "The maximum number of pending snapshots, %d, has been reached"
              .formatted(settings.pendingPerAccount()));
    }
    for (Volume volume : volumes) {
      checkLimits(volume);
    }
  }

  /** Whether one more snapshot may be pending. */
  public boolean roomForOne() {
    return pending < settings.pendingPerAccount()
        && snapshots.size() < settings.snapshotsPerRegion();
  }

  private void checkLimits(Volume volume) {
    Instant last = lastOfVolume.get(volume.volumeId());
    if (last != null && time.instant().isBefore(last.plus(BETWEEN_TWO))) {
      throw Ec2Refusal.of(
          "SnapshotCreationPerVolumeRateExceeded",
          "The maximum per volume CreateSnapshot request rate has been exceeded for "
              + volume.volumeId());
    }
    if (pendingOfVolume.getOrDefault(volume.volumeId(), 0) >= mostPending(volume)) {
      throw Ec2Refusal.of(
          "ConcurrentSnapshotLimitExceeded",
          "The maximum number of concurrent snapshots has been reached for " + volume.volumeId());
    }
  }

  private static int mostPending(Volume volume) {
    return volume.volumeType() == VolumeType.ST1 || volume.volumeType() == VolumeType.SC1 ? 1 : 5;
  }

  public void add(StoredSnapshot snapshot) {
    snapshots.put(snapshot.id(), snapshot);
    origins.put(
        snapshot.id(),
        new SnapshotOrigin(
            snapshot.view().instanceId(),
            snapshot.volumeId(),
            snapshot.startTime(),
            Optional.empty()));
    lastOfVolume.put(snapshot.volumeId(), snapshot.startTime());
    pendingOfVolume.merge(snapshot.volumeId(), 1, Integer::sum);
    pending++;
  }

  /** The data of a snapshot was truly taken then, whatever its {@code startTime} says. */
  public void taken(String id, Instant at) {
    takenAt.put(id, at);
  }

  /** Something befalls the data of a snapshot. */
  void damage(String id, SnapshotOrigin.Damage what) {
    origins.computeIfPresent(
        id,
        (same, origin) ->
            new SnapshotOrigin(
                origin.instanceId(), origin.volumeId(), origin.takenAt(), Optional.of(what)));
  }

  /** What the data of a snapshot truly is, also of a deleted one; empty: there never was any. */
  public Optional<SnapshotOrigin> originOf(String id) {
    return Optional.ofNullable(origins.get(id))
        .map(
            origin ->
                new SnapshotOrigin(
                    origin.instanceId(),
                    origin.volumeId(),
                    takenAt(id).orElse(origin.takenAt()),
                    origin.damage()));
  }

  /** When its data was taken; empty: it was not made by a call for a set. Also of a deleted one. */
  public Optional<Instant> takenAt(String id) {
    return Optional.ofNullable(takenAt.get(id));
  }

  /** It is pending no more. One in error still counts among its volume's until it is deleted. */
  public void settled(StoredSnapshot snapshot) {
    pending--;
    if (snapshot.state() == SnapshotState.COMPLETED) {
      pendingOfVolume.merge(snapshot.volumeId(), -1, Integer::sum);
    }
    if (snapshot.deleted()) {
      remove(snapshot);
    }
  }

  /** A pending one goes when it is complete. */
  public void delete(String id) {
    StoredSnapshot snapshot = visible(id);
    if (snapshot.locked()) {
      throw Ec2Refusal.of("OperationNotPermitted", "The snapshot '" + id + "' is locked");
    }
    imageUsing
        .apply(id)
        .ifPresent(
            image -> {
              throw Ec2Refusal.of(
                  "InvalidSnapshot.InUse",
                  "The snapshot %s is currently in use by %s".formatted(id, image));
            });
    if (snapshot.pending()) {
      snapshot.delete();
    } else {
      remove(snapshot);
    }
  }

  /** As {@link #delete}, but nothing protects it. */
  public void deleteByHand(String id) {
    StoredSnapshot snapshot = existing(id);
    snapshot.delete();
    if (!snapshot.pending()) {
      remove(snapshot);
    }
  }

  private void remove(StoredSnapshot snapshot) {
    snapshots.remove(snapshot.id());
    if (snapshot.state() == SnapshotState.ERROR) {
      pendingOfVolume.merge(snapshot.volumeId(), -1, Integer::sum);
    }
  }

  /** What every call but the one that made it can see. */
  public List<StoredSnapshot> visible() {
    Instant latest = latestVisible();
    return snapshots.values().stream()
        .filter(snapshot -> snapshot.startedBy(latest))
        .collect(Collectors.toUnmodifiableList());
  }

  public StoredSnapshot visible(String id) {
    StoredSnapshot snapshot = snapshots.get(id);
    if (snapshot == null || !snapshot.startedBy(latestVisible())) {
      throw Ec2Refusal.of("InvalidSnapshot.NotFound", "The snapshot '" + id + "' does not exist.");
    }
    return snapshot;
  }

  private Instant latestVisible() {
    return time.instant().minus(settings.visibleAfter());
  }

  public boolean has(String id) {
    return snapshots.containsKey(id);
  }

  public StoredSnapshot existing(String id) {
    StoredSnapshot snapshot = snapshots.get(id);
    if (snapshot == null) {
      throw new IllegalArgumentException("snapshot '%s': expected one that exists".formatted(id));
    }
    return snapshot;
  }

  /** The keys of the snapshots that were taken of an instance. */
  public Set<String> keysOf(String instanceId) {
    return snapshots.values().stream()
        .filter(snapshot -> snapshot.view().instanceId().equals(instanceId))
        .flatMap(snapshot -> snapshot.key().stream())
        .collect(Collectors.toSet());
  }

  public List<SnapshotView> views() {
    return snapshots.values().stream().map(StoredSnapshot::view).toList();
  }
}
