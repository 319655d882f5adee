package dev.freezeframe.rehearsal.ec2.snapshot;

import dev.freezeframe.rehearsal.ec2.api.Tags;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.StorageTier;
import software.amazon.awssdk.services.ec2.model.Volume;

/** One snapshot, while it exists. */
public final class StoredSnapshot {
  private final String id;
  private final String instanceId;
  private final Volume volume;
  private final String owner;
  private final String description;
  private final Instant startTime;
  private final long bytes;
  private SortedMap<String, String> tags;
  private SnapshotState state = SnapshotState.PENDING;
  private String stateMessage;
  private Instant settledAt;
  private boolean deleted;
  private boolean locked;
  private StorageTier tier = StorageTier.STANDARD;
  private String sharedWith;

  public StoredSnapshot(
      String id,
      String instanceId,
      Volume volume,
      String owner,
      String description,
      Instant startTime,
      long bytes,
      SortedMap<String, String> tags) {
    this.id = id;
    this.instanceId = instanceId;
    this.volume = volume;
    this.owner = owner;
    this.description = description;
    this.startTime = startTime;
    this.bytes = bytes;
    this.tags = tags;
  }

  public String id() {
    return id;
  }

  public String volumeId() {
    return volume.volumeId();
  }

  public int sizeInGib() {
    return volume.size() == null ? 8 : volume.size();
  }

  /** How much data it holds, which is told once it is complete. */
  public long bytes() {
    return bytes;
  }

  /** The ARN of the key that its volume is encrypted with; empty: it is not. */
  public Optional<String> key() {
    return Boolean.TRUE.equals(volume.encrypted())
        ? Optional.ofNullable(volume.kmsKeyId())
        : Optional.empty();
  }

  /** Where it lies: no volume is made of one in the archive tier. */
  public StorageTier tier() {
    return tier;
  }

  public void lieIn(StorageTier other) {
    tier = other;
  }

  /** When its data is of. */
  public Instant startTime() {
    return startTime;
  }

  /**
   * As EC2 states it: AWS's example of {@code create-snapshots} has whole seconds ({@code
   * 2019-08-05T16:58:19.000Z}). That the rest is cut off is an assumption.
   */
  public Instant statedStartTime() {
    return startTime.truncatedTo(ChronoUnit.SECONDS);
  }

  public SnapshotState state() {
    return state;
  }

  public SortedMap<String, String> tags() {
    return tags;
  }

  public void tags(SortedMap<String, String> changed) {
    tags = changed;
  }

  public boolean pending() {
    return state == SnapshotState.PENDING;
  }

  public void settle(SnapshotState settled, String message, Instant at) {
    state = settled;
    stateMessage = message;
    settledAt = at;
  }

  /** Whether it goes as soon as it is complete. */
  public boolean deleted() {
    return deleted;
  }

  public void delete() {
    deleted = true;
  }

  public boolean locked() {
    return locked;
  }

  public void lock() {
    locked = true;
  }

  /** The account that it is shared with; null if with none. */
  public String sharedWith() {
    return sharedWith;
  }

  public void share(String account) {
    sharedWith = account;
  }

  public boolean startedBy(Instant latest) {
    return !startTime.isAfter(latest);
  }

  public SnapshotView view() {
    return new SnapshotView(
        id, volumeId(), instanceId, state.toString(), startTime, new TreeMap<>(tags));
  }

  public SnapshotInfo info() {
    return SnapshotInfo.builder()
        .snapshotId(id)
        .volumeId(volumeId())
        .volumeSize(sizeInGib())
        .encrypted(volume.encrypted())
        .state(state)
        .startTime(statedStartTime())
        .ownerId(owner)
        .description(description)
        .progress(progress())
        .tags(Tags.list(tags))
        .build();
  }

  public Snapshot described() {
    return Snapshot.builder()
        .snapshotId(id)
        .volumeId(volumeId())
        .volumeSize(sizeInGib())
        .encrypted(volume.encrypted())
        .kmsKeyId(key().orElse(null))
        .storageTier(tier)
        .fullSnapshotSizeInBytes(state == SnapshotState.COMPLETED ? bytes : null)
        .state(state)
        .stateMessage(stateMessage)
        .startTime(statedStartTime())
        .completionTime(state == SnapshotState.COMPLETED ? settledAt : null)
        .ownerId(owner)
        .description(description)
        .progress(progress())
        .tags(Tags.list(tags))
        .build();
  }

  private String progress() {
    return state == SnapshotState.COMPLETED ? "100%" : "0%";
  }
}
