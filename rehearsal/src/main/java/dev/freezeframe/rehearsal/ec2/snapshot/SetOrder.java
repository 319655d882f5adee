package dev.freezeframe.rehearsal.ec2.snapshot;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Volume;

/** What a CreateSnapshots request asks for, once it is found to be in order. */
public record SetOrder(Instance instance, Map<Volume, SortedMap<String, String>> tagsByVolume) {
  private static final int MAX_VOLUMES = 128;
  private static final int MAX_EXCLUDED = 40;

  public List<Volume> volumes() {
    return List.copyOf(tagsByVolume.keySet());
  }

  public static SetOrder of(CreateSnapshotsRequest request, Inventory inventory) {
    InstanceSpecification specification = request.instanceSpecification();
    if (specification == null || specification.instanceId() == null) {
      throw Ec2Refusal.of(
          "MissingParameter", "The request must contain the parameter InstanceSpecification");
    }
    Instance instance = inventory.asked(specification.instanceId());
    checkSnapshottable(instance);
    checkExclusions(instance, specification.excludeDataVolumeIds());
    List<Volume> volumes =
        inventory.attached(instance).stream()
            .filter(volume -> !excluded(instance, specification, volume.volumeId()))
            .toList();
    if (volumes.isEmpty()) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "No volume of instance '%s' is left after the exclusions"
              .formatted(instance.instanceId()));
    }
    if (volumes.size() > MAX_VOLUMES) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "A set has %d volumes at most, this one %d".formatted(MAX_VOLUMES, volumes.size()));
    }
    Map<Volume, SortedMap<String, String>> tags = new LinkedHashMap<>();
    volumes.forEach(volume -> tags.put(volume, tags(request, volume)));
    return new SetOrder(instance, tags);
  }

  private static void checkSnapshottable(Instance instance) {
    InstanceStateName state = Inventory.state(instance);
    if (state == InstanceStateName.TERMINATED || state == InstanceStateName.SHUTTING_DOWN) {
      throw Ec2Refusal.of(
          "IncorrectInstanceState",
          "The instance '%s' is in state '%s'".formatted(instance.instanceId(), state));
    }
    if (instance.hibernationOptions() != null
        && Boolean.TRUE.equals(instance.hibernationOptions().configured())) {
      throw Ec2Refusal.of(
          "UnsupportedOperation",
          "Snapshots of a set of volumes are not supported for instance '%s': hibernation is enabled"
              .formatted(instance.instanceId()));
    }
  }

  private static void checkExclusions(Instance instance, Collection<String> excluded) {
    if (excluded.size() > MAX_EXCLUDED) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "ExcludeDataVolumeIds has %d ids at most, this one %d"
              .formatted(MAX_EXCLUDED, excluded.size()));
    }
    for (String volume : excluded) {
      if (isRoot(instance, volume)) {
        throw Ec2Refusal.of(
            "InvalidParameterValue",
            "Volume '%s' is the root volume: exclude it by ExcludeBootVolume".formatted(volume));
      }
    }
  }

  private static boolean excluded(
      Instance instance, InstanceSpecification specification, String volume) {
    return specification.excludeDataVolumeIds().contains(volume)
        || (Boolean.TRUE.equals(specification.excludeBootVolume()) && isRoot(instance, volume));
  }

  private static boolean isRoot(Instance instance, String volume) {
    for (InstanceBlockDeviceMapping mapping : instance.blockDeviceMappings()) {
      if (mapping.ebs() != null && volume.equals(mapping.ebs().volumeId())) {
        return mapping.deviceName().equals(instance.rootDeviceName());
      }
    }
    return false;
  }

  private static SortedMap<String, String> tags(CreateSnapshotsRequest request, Volume volume) {
    SortedMap<String, String> copied =
        request.copyTagsFromSource() == CopyTagsFromSource.VOLUME
            ? Tags.copied(volume.tags())
            : new TreeMap<>();
    for (TagSpecification specification : request.tagSpecifications()) {
      if (specification.resourceType() != ResourceType.SNAPSHOT) {
        throw Ec2Refusal.notTaggable(specification.resourceTypeAsString());
      }
    }
    List<Tag> given =
        request.tagSpecifications().stream()
            .flatMap(specification -> specification.tags().stream())
            .toList();
    return Tags.apart(copied, Tags.given(given));
  }
}
