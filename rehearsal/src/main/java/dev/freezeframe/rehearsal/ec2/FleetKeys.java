package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.ec2.inventory.FleetDefaults;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import java.util.Collection;
import software.amazon.awssdk.services.ec2.model.Volume;

/** The keys that there are because volumes of the fleet are encrypted with them; all enabled. */
final class FleetKeys {
  private FleetKeys() {}

  static void addTo(EmbeddedKms kms, Collection<Volume> volumes) {
    kms.add(FleetDefaults.EBS_KEY);
    kms.alias(EmbeddedKms.EBS_ALIAS, FleetDefaults.EBS_KEY);
    volumes.stream()
        .filter(volume -> Boolean.TRUE.equals(volume.encrypted()))
        .map(Volume::kmsKeyId)
        .filter(key -> key != null)
        .forEach(kms::add);
  }
}
