package dev.freezeframe.rehearsal.ec2.inventory;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.Volume;

/** The volumes, by id and by what they are attached to, and what Describe calls show of them. */
final class VolumeStore {
  private final SortedMap<String, Volume> volumes = new TreeMap<>();
  private final Map<String, Set<String>> volumesOf = new HashMap<>();
  private final Lag<Volume> lag;

  VolumeStore(InstantSource time) {
    this.lag = new Lag<>(time);
  }

  /** A volume is there, or is another than before; everybody sees it at once. */
  void put(Volume volume) {
    take(volume.volumeId());
    volumes.put(volume.volumeId(), volume);
    volume
        .attachments()
        .forEach(
            attachment ->
                volumesOf
                    .computeIfAbsent(attachment.instanceId(), id -> new HashSet<>())
                    .add(volume.volumeId()));
  }

  private Optional<Volume> take(String volumeId) {
    Optional<Volume> removed = Optional.ofNullable(volumes.remove(volumeId));
    removed.ifPresent(
        volume ->
            volume
                .attachments()
                .forEach(attachment -> volumesOf.get(attachment.instanceId()).remove(volumeId)));
    return removed;
  }

  void remove(String volumeId) {
    take(volumeId);
    lag.forget(volumeId);
  }

  /** A volume that a call makes: hidden from all others for a while. */
  void make(Volume volume, Duration hiddenFor) {
    put(volume);
    lag.made(volume.volumeId(), hiddenFor);
  }

  /** A call changes a volume: it is shown as before for a while. */
  void change(String volumeId, UnaryOperator<Volume> change, Duration shownFor) {
    Volume before = volumes.get(volumeId);
    if (before != null) {
      put(change.apply(before));
      lag.changed(volumeId, before, shownFor);
    }
  }

  Optional<Volume> find(String volumeId) {
    return Optional.ofNullable(volumes.get(volumeId));
  }

  boolean has(String volumeId) {
    return volumes.containsKey(volumeId);
  }

  /** One that a call names: unknown while it is hidden. */
  Volume asked(String volumeId) {
    return find(volumeId)
        .filter(volume -> !lag.isHidden(volumeId))
        .orElseThrow(
            () ->
                Ec2Refusal.of(
                    "InvalidVolume.NotFound", "The volume '" + volumeId + "' does not exist."));
  }

  List<Volume> all() {
    return List.copyOf(volumes.values());
  }

  /** As Describe calls have it; empty: it is hidden. */
  Optional<Volume> described(Volume volume) {
    return lag.shown(volume.volumeId(), volume);
  }

  /** The volumes that say that they are attached to any of some instances. */
  List<Volume> attachedTo(Collection<String> instanceIds) {
    return instanceIds.stream()
        .flatMap(id -> volumesOf.getOrDefault(id, Set.of()).stream())
        .distinct()
        .sorted()
        .map(id -> volumes.get(id))
        .toList();
  }
}
