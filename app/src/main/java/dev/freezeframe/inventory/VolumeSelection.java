package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.policy.Volumes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which volumes of an instance a set takes.
 *
 * @param included the volumes of the set, in the order of their devices
 * @param excludeBoot whether CreateSnapshots is to leave the boot volume out
 * @param excludeData the data volumes that it is to leave out
 * @param reasons why each volume that is left out is, a sentence part each
 * @param devices the name under which each volume of the set is attached, as far as it is known;
 *     empty: the inspection was one of a version that did not ask
 * @param tooManyTags why the tags of its volumes are not copied, though the policy says so:
 *     CreateSnapshots would refuse the set, in the freeze; empty: they fit
 * @param boot the volume that boots the instance, if it is one of the set
 * @param elsewhere the volumes of the set that are attached to other instances as well; empty: the
 *     inspection was one of a version that did not ask
 */
public record VolumeSelection(
    List<VolumeId> included,
    boolean excludeBoot,
    List<VolumeId> excludeData,
    List<String> reasons,
    Optional<Map<VolumeId, String>> devices,
    Optional<String> tooManyTags,
    Optional<VolumeId> boot,
    Optional<Map<VolumeId, List<InstanceId>>> elsewhere) {

  /** How many tags a snapshot can have; those of AWS itself, {@code aws:}, are not counted. */
  public static final int MAX_TAGS = 50;

  /** How many data volumes CreateSnapshots can be told to leave out. */
  public static final int MAX_EXCLUDED = 40;

  /** How many volumes CreateSnapshots takes in one set. */
  public static final int MAX_INCLUDED = 128;

  private static final String BOOTS = " boots the instance";

  /** Of a tag in a reason: there may be a reason for each of 168 volumes. */
  private static final int MAX_TAG = 60;

  public VolumeSelection {
    included = List.copyOf(included);
    excludeData = List.copyOf(excludeData);
    reasons = List.copyOf(reasons);
    devices = devices.map(known -> Collections.unmodifiableMap(new TreeMap<>(known)));
    elsewhere = elsewhere.map(known -> Collections.unmodifiableMap(new TreeMap<>(known)));
  }

  /**
   * Decides on each volume.
   *
   * @param tags of each attached volume; needed only where the policy excludes by tag
   */
  public static VolumeSelection of(
      InstanceFacts instance, Map<VolumeId, Map<String, String>> tags, Volumes policy) {
    List<VolumeId> included = new ArrayList<>();
    List<VolumeId> excluded = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    boolean excludeBoot = false;
    for (VolumeId volume : instance.volumes()) {
      boolean boot = instance.bootVolume().equals(Optional.of(volume));
      Optional<TagSelector> tagged =
          policy.excludeTags().stream()
              .filter(selector -> selector.matches(tags.getOrDefault(volume, Map.of())))
              .findFirst();
      if (boot && policy.excludeBoot()) {
        excludeBoot = true;
        reasons.add(volume + BOOTS);
      } else if (tagged.isPresent()) {
        if (boot) {
          excludeBoot = true;
        } else {
          excluded.add(volume);
        }
        reasons.add(
            "%s is tagged %s".formatted(volume, LogSafe.of(tagged.get().toString(), MAX_TAG)));
      } else {
        included.add(volume);
      }
    }
    Map<VolumeId, String> devices = new TreeMap<>(instance.devices());
    devices.keySet().retainAll(included);
    return new VolumeSelection(
        included,
        excludeBoot,
        excluded,
        reasons,
        Optional.of(devices),
        Optional.empty(),
        instance.bootVolume().filter(included::contains),
        Optional.empty());
  }

  /** The same volumes, of which it is known what else they are attached to. */
  public VolumeSelection attached(Map<VolumeId, VolumeFacts> volumes) {
    Map<VolumeId, List<InstanceId>> shared = new TreeMap<>();
    for (VolumeId volume : included) {
      VolumeFacts facts = volumes.get(volume);
      if (facts != null && !facts.elsewhere().isEmpty()) {
        shared.put(volume, facts.elsewhere());
      }
    }
    return new VolumeSelection(
        included,
        excludeBoot,
        excludeData,
        reasons,
        devices,
        tooManyTags,
        boot,
        Optional.of(shared));
  }

  /**
   * The same volumes, of which the tags are copied only if they fit: a snapshot has so many at
   * most, and each key once. Whether EC2 lets a given tag win over a copied one is documented
   * nowhere, and a key that is given twice is refused ({@code Duplicate tag key}).
   *
   * @param tags of each attached volume
   * @param given the keys that each snapshot is given besides
   */
  public VolumeSelection copying(Map<VolumeId, Map<String, String>> tags, Set<String> given) {
    for (VolumeId volume : included) {
      Set<String> keys = new TreeSet<>(tags.getOrDefault(volume, Map.of()).keySet());
      keys.removeIf(key -> key.startsWith("aws:"));
      Optional<String> twice = given.stream().filter(keys::contains).sorted().findFirst();
      if (twice.isPresent()) {
        return withoutCopies(
            "no tags of volumes are copied: %s has the tag %s, which each snapshot is given"
                .formatted(volume, LogSafe.of(twice.get(), MAX_TAG)));
      }
      if (keys.size() + given.size() > MAX_TAGS) {
        return withoutCopies(
            "no tags of volumes are copied: with those of %s a snapshot would have %d, and can have %d"
                .formatted(volume, keys.size() + given.size(), MAX_TAGS));
      }
    }
    return this;
  }

  private VolumeSelection withoutCopies(String why) {
    return new VolumeSelection(
        included, excludeBoot, excludeData, reasons, devices, Optional.of(why), boot, elsewhere);
  }

  /** Why there is nothing to take; empty: there is something. */
  public Optional<String> nothing() {
    if (!included.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        reasons.isEmpty()
            ? "the instance has no EBS volume"
            : "no volume is left to snapshot: %s%s"
                .formatted(
                    String.join(", ", reasons),
                    reasons.stream().anyMatch(reason -> reason.endsWith(BOOTS))
                        ? "; volumes.excludeBoot: false takes the boot volume"
                        : ""));
  }

  /** Why no set of this selection can be taken; empty: one can. */
  public Optional<String> invalid() {
    if (excludeData.size() > MAX_EXCLUDED) {
      return Optional.of(
          "%d data volumes are to be left out, CreateSnapshots takes at most %d"
              .formatted(excludeData.size(), MAX_EXCLUDED));
    }
    if (included.size() > MAX_INCLUDED) {
      return Optional.of(
          "%d volumes are to be taken, CreateSnapshots takes at most %d"
              .formatted(included.size(), MAX_INCLUDED));
    }
    return Optional.empty();
  }
}
