package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.AttachedVolume;
import dev.freezeframe.restore.InstanceSettings;
import java.time.Instant;
import java.util.Collection;
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
 * @param deletedOnTermination whether each volume goes with the instance
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
    Map<VolumeId, Boolean> deletedOnTermination,
    Map<String, String> tags,
    InstanceSettings settings) {

  public InstanceFacts {
    volumes = List.copyOf(volumes);
    devices = Collections.unmodifiableMap(new TreeMap<>(devices));
    deletedOnTermination = Collections.unmodifiableMap(new TreeMap<>(deletedOnTermination));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /**
   * How some of its volumes are set, as far as EC2 says.
   *
   * @param known what it says of the volumes themselves: a new one may be missing
   */
  public List<AttachedVolume> settings(
      Collection<VolumeId> wanted, Map<VolumeId, VolumeFacts> known) {
    return wanted.stream()
        .map(
            volume ->
                Optional.ofNullable(known.get(volume))
                    .map(VolumeFacts::settings)
                    .orElseGet(() -> AttachedVolume.unknown(volume))
                    .orAttached(
                        Optional.ofNullable(devices.get(volume)),
                        Optional.ofNullable(deletedOnTermination.get(volume))))
        .toList();
  }

  public boolean stopped() {
    return state.equals("stopped");
  }

  /** Whether it is being started or stopped, so that it soon runs or is stopped. */
  public boolean onItsWay() {
    return state.equals("pending") || state.equals("stopping");
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
