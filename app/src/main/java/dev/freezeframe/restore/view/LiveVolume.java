package dev.freezeframe.restore.view;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A volume as EC2 has it now.
 *
 * @param snapshot that EC2 created it of; empty: of none
 */
public record LiveVolume(
    VolumeId volume,
    String type,
    OptionalInt iops,
    OptionalInt throughput,
    String zone,
    Optional<SnapshotId> snapshot,
    Map<String, String> tags) {

  public LiveVolume {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }
}
