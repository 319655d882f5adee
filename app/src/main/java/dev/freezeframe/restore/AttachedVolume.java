package dev.freezeframe.restore;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a volume of an instance is set, before a snapshot of it is known. What EC2 did not say is
 * empty.
 *
 * @param device under which it is attached, such as {@code /dev/sdf}
 * @param type such as {@code gp3}
 * @param throughput in MiB/s
 * @param kmsKeyId ARN of the key that encrypts it
 * @param deleteOnTermination whether it goes with its instance
 * @param tags its own
 */
public record AttachedVolume(
    VolumeId volume,
    Optional<String> device,
    Optional<String> type,
    OptionalInt iops,
    OptionalInt throughput,
    OptionalInt sizeGiB,
    Optional<String> zone,
    Optional<Boolean> encrypted,
    Optional<String> kmsKeyId,
    Optional<Boolean> deleteOnTermination,
    boolean multiAttach,
    Map<String, String> tags) {

  /** A row of another version may lack some. */
  public AttachedVolume {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags == null ? Map.of() : tags));
  }

  /** One of which EC2 says nothing. */
  public static AttachedVolume unknown(VolumeId volume) {
    return new AttachedVolume(
        volume,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of());
  }

  /** The same volume; where it does not say how it is attached, as its instance says. */
  public AttachedVolume orAttached(Optional<String> as, Optional<Boolean> deleted) {
    return new AttachedVolume(
        volume,
        device.or(() -> as),
        type,
        iops,
        throughput,
        sizeGiB,
        zone,
        encrypted,
        kmsKeyId,
        deleteOnTermination.or(() -> deleted),
        multiAttach,
        tags);
  }

  /** The same volume with other tags. */
  AttachedVolume tagged(Map<String, String> others) {
    return new AttachedVolume(
        volume,
        device,
        type,
        iops,
        throughput,
        sizeGiB,
        zone,
        encrypted,
        kmsKeyId,
        deleteOnTermination,
        multiAttach,
        others);
  }

  /**
   * The settings that a snapshot of it is restored with.
   *
   * @param rootDevice of its instance
   */
  VolumeSettings of(SnapshotId snapshot, Optional<String> rootDevice) {
    return new VolumeSettings(
        volume,
        snapshot,
        device,
        type,
        iops,
        throughput,
        sizeGiB,
        zone,
        encrypted,
        kmsKeyId,
        deleteOnTermination,
        multiAttach,
        device.isPresent() && device.equals(rootDevice),
        tags);
  }
}
