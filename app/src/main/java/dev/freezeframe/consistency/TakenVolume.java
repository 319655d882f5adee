package dev.freezeframe.consistency;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import java.util.List;
import java.util.Optional;

/**
 * A volume of a set, as far as it bears on what its snapshot is worth.
 *
 * @param device the name under which it is attached, such as {@code /dev/sdf}
 * @param boot whether the instance boots from it
 * @param elsewhere the other instances that it is attached to
 */
public record TakenVolume(
    VolumeId volume, Optional<String> device, boolean boot, List<InstanceId> elsewhere) {

  public TakenVolume {
    elsewhere = List.copyOf(elsewhere);
  }

  String words() {
    return volume + device.map(" (%s)"::formatted).orElse("");
  }
}
