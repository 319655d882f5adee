package dev.freezeframe.rehearsal.restore;

import dev.freezeframe.common.SnapshotId;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/**
 * A volume of a restore.
 *
 * @param volumeId empty: it was not created
 * @param volume as EC2 has it; empty: it is there no more, or was not created
 */
public record CreatedVolume(
    SnapshotId snapshot, Optional<String> volumeId, Optional<Volume> volume) {

  /** What it is attached to; empty: nothing. */
  public Optional<VolumeAttachment> attachment() {
    return volume.flatMap(found -> found.attachments().stream().findFirst());
  }

  /** In EC2's words; {@code deleted} where it is there no more, {@code none} if it never was. */
  public String state() {
    return volume.map(Volume::stateAsString).orElse(volumeId.isPresent() ? "deleted" : "none");
  }
}
