package dev.freezeframe.restore;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance as it was inspected, before the set of it is taken that it is to be restored from.
 *
 * @param run in which it was; a later inspection of the same run replaces an earlier one
 * @param at when EC2 said so
 * @param settings empty: it is gone
 * @param volumes those that are attached to it
 * @param tagsLeftOut how many tags of the instance, or of which volume, a ledger does not hold
 */
public record InspectedInstance(
    RunId run,
    InstanceId instance,
    Instant at,
    Optional<InstanceSettings> settings,
    List<AttachedVolume> volumes,
    SortedMap<String, Integer> tagsLeftOut) {

  public InspectedInstance {
    at = at.truncatedTo(MILLIS);
    volumes = List.copyOf(volumes);
    tagsLeftOut =
        Collections.unmodifiableSortedMap(
            new TreeMap<>(tagsLeftOut == null ? Map.of() : tagsLeftOut));
  }

  /** An instance with as many of its tags, and of those of its volumes, as a ledger holds. */
  public static InspectedInstance of(
      RunId run,
      InstanceId instance,
      Instant at,
      Optional<InstanceSettings> settings,
      Collection<AttachedVolume> volumes) {
    SortedMap<String, Map<String, String>> tags = new TreeMap<>();
    settings.ifPresent(known -> tags.put(instance.value(), known.tags()));
    volumes.forEach(volume -> tags.put(volume.volume().value(), volume.tags()));
    TagAllowance kept = TagAllowance.of(tags, TagAllowance.OF_LEDGER);
    return new InspectedInstance(
        run,
        instance,
        at,
        settings.map(known -> known.tagged(kept.of(instance.value()))),
        volumes.stream().map(volume -> volume.tagged(kept.of(volume.volume().value()))).toList(),
        kept.leftOut());
  }

  /**
   * What a restore has to know of a set of it.
   *
   * @param members which snapshot is of which volume; one that was not attached has no settings
   */
  public RestoreFacts facts(AttemptId set, Map<SnapshotId, VolumeId> members) {
    Optional<String> root = settings.flatMap(InstanceSettings::rootDevice);
    List<VolumeSettings> taken =
        new TreeMap<>(members)
            .entrySet().stream()
                .map(member -> attached(member.getValue()).of(member.getKey(), root))
                .toList();
    return new RestoreFacts(set, instance, at, settings, taken, tagsLeftOut).ofItsOwn();
  }

  private AttachedVolume attached(VolumeId volume) {
    return volumes.stream()
        .filter(known -> known.volume().equals(volume))
        .findFirst()
        .orElseGet(() -> AttachedVolume.unknown(volume));
  }
}
