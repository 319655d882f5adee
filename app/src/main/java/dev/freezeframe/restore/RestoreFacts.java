package dev.freezeframe.restore;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a restore of a set has to know, as EC2 said it while the instance lived.
 *
 * @param recordedAt when EC2 said so
 * @param settings of the instance; empty: it was gone already when the set was adopted
 * @param volumes one for each snapshot of the set
 * @param tagsLeftOut how many tags of the instance, or of which volume, are not among the settings,
 *     because there was no room for all: by id, and only those that lack some
 */
public record RestoreFacts(
    AttemptId set,
    InstanceId instance,
    Instant recordedAt,
    Optional<InstanceSettings> settings,
    List<VolumeSettings> volumes,
    SortedMap<String, Integer> tagsLeftOut) {

  public RestoreFacts {
    recordedAt = recordedAt.truncatedTo(MILLIS);
    volumes = List.copyOf(volumes);
    tagsLeftOut =
        Collections.unmodifiableSortedMap(
            new TreeMap<>(tagsLeftOut == null ? Map.of() : tagsLeftOut));
  }

  /** Facts with all tags. */
  public RestoreFacts(
      AttemptId set,
      InstanceId instance,
      Instant recordedAt,
      Optional<InstanceSettings> settings,
      List<VolumeSettings> volumes) {
    this(set, instance, recordedAt, settings, volumes, new TreeMap<>());
  }

  /** The settings of the volume of a snapshot; empty: none are on record. */
  public Optional<VolumeSettings> of(SnapshotId snapshot) {
    return volumes.stream().filter(volume -> volume.snapshot().equals(snapshot)).findFirst();
  }

  /** The same facts with as many tags as an event has room for. */
  public RestoreFacts forEvent() {
    SortedMap<String, Map<String, String>> tags = new TreeMap<>();
    settings.ifPresent(known -> tags.put(instance.value(), known.tags()));
    volumes.forEach(volume -> tags.put(volume.volume().value(), volume.tags()));
    TagAllowance kept = TagAllowance.of(tags, TagAllowance.OF_EVENT);
    SortedMap<String, Integer> leftOut = new TreeMap<>(tagsLeftOut);
    kept.leftOut().forEach((resource, some) -> leftOut.merge(resource, some, Integer::sum));
    return new RestoreFacts(
        set,
        instance,
        recordedAt,
        settings.map(known -> known.tagged(kept.of(instance.value()))),
        volumes.stream().map(volume -> volume.tagged(kept.of(volume.volume().value()))).toList(),
        leftOut);
  }

  /** The same facts, which say nothing of volumes that the set does not have. */
  RestoreFacts ofItsOwn() {
    TreeSet<String> own = new TreeSet<>();
    own.add(instance.value());
    volumes.forEach(volume -> own.add(volume.volume().value()));
    SortedMap<String, Integer> leftOut = new TreeMap<>(tagsLeftOut);
    leftOut.keySet().retainAll(own);
    return new RestoreFacts(set, instance, recordedAt, settings, volumes, leftOut);
  }
}
