package dev.freezeframe.consistency.marker;

import dev.freezeframe.common.VolumeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The volumes that a pre-script held and did not hold, by its stamps {@code held} and {@code
 * unheld}.
 *
 * @param volumes on which everything that can be written was held
 * @param unheld of others, why they were not, as far as the script says
 */
public record HeldVolumes(List<VolumeId> volumes, Map<VolumeId, String> unheld) {

  public HeldVolumes {
    volumes = List.copyOf(volumes);
    SortedMap<VolumeId, String> sorted = new TreeMap<>(unheld);
    unheld = Collections.unmodifiableMap(sorted);
  }

  public boolean holds(VolumeId volume) {
    return volumes.contains(volume);
  }
}
