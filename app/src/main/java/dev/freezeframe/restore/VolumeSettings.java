package dev.freezeframe.restore;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a volume was set when its snapshot was taken. What EC2 did not say is empty.
 *
 * @param device under which it was attached, such as {@code /dev/sdf}
 * @param type such as {@code gp3}
 * @param throughput in MiB/s
 * @param kmsKeyId ARN of the key that encrypts it; empty: it is not encrypted, or nobody knows
 * @param deleteOnTermination whether it was to go with its instance
 * @param boot whether it is the one that boots the instance
 * @param tags its own, as far as the item of the ledger holds them
 */
public record VolumeSettings(
    VolumeId volume,
    SnapshotId snapshot,
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
    boolean boot,
    Map<String, String> tags) {

  /** A row of another version may lack some. */
  public VolumeSettings {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags == null ? Map.of() : tags));
  }

  /** The same settings with other tags. */
  VolumeSettings tagged(Map<String, String> others) {
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
        boot,
        others);
  }
}
