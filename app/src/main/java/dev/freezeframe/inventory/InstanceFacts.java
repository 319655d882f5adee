package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.InstanceSettings;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The facts that EC2 states of an instance.
 *
 * @param state EC2's name of it: {@code running}, {@code stopped}, ...
 * @param launchedAt of the last start
 * @param hibernation whether it is enabled for hibernation, which CreateSnapshots refuses
 * @param bootVolume empty: an instance store boots it
 * @param devices the name under which each volume is attached, such as {@code /dev/sdf}
 * @param settings what a restore has to know of it
 */
public record InstanceFacts(
    InstanceId id,
    String state,
    Optional<Instant> launchedAt,
    boolean hibernation,
    Optional<VolumeId> bootVolume,
    List<VolumeId> volumes,
    Map<VolumeId, String> devices,
    Map<String, String> tags,
    InstanceSettings settings) {

  public InstanceFacts {
    volumes = List.copyOf(volumes);
    devices = Collections.unmodifiableMap(new TreeMap<>(devices));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  public boolean stopped() {
    return state.equals("stopped");
  }

  /** Why no snapshot set of it can be taken; empty: one can. */
  public Optional<String> invalid() {
    if (!stopped() && !state.equals("running")) {
      return Optional.of("the instance is %s".formatted(state));
    }
    if (hibernation) {
      return Optional.of("it is enabled for hibernation, which CreateSnapshots does not take");
    }
    return Optional.empty();
  }
}
