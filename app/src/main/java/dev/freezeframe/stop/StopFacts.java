package dev.freezeframe.stop;

import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What EC2 states of an instance that bears on whether it may be stopped.
 *
 * @param state EC2's name of it: {@code running}, {@code stopping}, ...
 * @param launchedAt of the last start
 * @param lifecycle {@code spot}, {@code scheduled} or {@code capacity-block}; empty: an ordinary
 *     one
 * @param rootDevice {@code ebs} or {@code instance-store}
 * @param storedLocally whether its type has instance store volumes, which a stop erases; EC2 names
 *     no such volume
 * @param shutdownBehavior what a shutdown from within does: {@code stop} or {@code terminate}
 * @param stopProtected whether EC2 is to refuse a stop
 * @param moving its volumes that are being attached or detached
 * @param fleetingAddress its public address, where that is lost with a stop
 */
public record StopFacts(
    String state,
    Optional<Instant> launchedAt,
    Optional<String> lifecycle,
    String rootDevice,
    String type,
    boolean storedLocally,
    String shutdownBehavior,
    boolean stopProtected,
    boolean hibernation,
    List<VolumeId> moving,
    Optional<String> fleetingAddress,
    Map<String, String> tags) {

  public StopFacts {
    moving = moving.stream().sorted().toList();
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }
}
