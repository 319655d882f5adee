package dev.freezeframe.snapshot;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot as EC2 has it now.
 *
 * @param completedAt empty: it has not, or EC2 does not say
 * @param message why it failed, as EC2 says; empty: EC2 says nothing
 * @param lock its mode; empty: it is not locked
 * @param images that use it, disabled ones too
 * @param description as it was given with the creation; it never changes
 */
public record Ec2Snapshot(
    SnapshotId snapshot,
    VolumeId volume,
    Instant startTime,
    SnapshotState state,
    Optional<Instant> completedAt,
    Optional<String> message,
    Map<String, String> tags,
    Optional<String> lock,
    List<String> images,
    String description) {

  /** One that others created. */
  public Ec2Snapshot(
      SnapshotId snapshot,
      VolumeId volume,
      Instant startTime,
      SnapshotState state,
      Optional<Instant> completedAt,
      Map<String, String> tags,
      Optional<String> lock,
      List<String> images) {
    this(snapshot, volume, startTime, state, completedAt, Optional.empty(), tags, lock, images, "");
  }

  public Ec2Snapshot {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    images = images.stream().sorted().toList();
  }

  /** Whether we created it, as its tags say. */
  public boolean ours() {
    return Ownership.proved(description, tags);
  }

  /** The value of a tag; empty: it does not carry it. */
  public Optional<String> tag(String key) {
    return Optional.ofNullable(tags.get(key));
  }
}
