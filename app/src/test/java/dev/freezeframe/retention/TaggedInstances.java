package dev.freezeframe.retention;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.inventory.VolumeFacts;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.restore.InstanceSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Instances of which nothing is known but their tags; all have the same volumes. */
record TaggedInstances(
    Map<InstanceId, Map<String, String>> tags, Map<VolumeId, VolumeFacts> attached)
    implements Instances {

  TaggedInstances(Map<InstanceId, Map<String, String>> tags) {
    this(tags, Map.of());
  }

  @Override
  public Page select(List<TagSelector> targets, Optional<String> token, int size) {
    throw new UnsupportedOperationException("nobody selects here");
  }

  @Override
  public Optional<InstanceFacts> find(InstanceId id) {
    return Optional.ofNullable(tags.get(id))
        .map(
            found ->
                new InstanceFacts(
                    id,
                    "running",
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    List.copyOf(attached.keySet()),
                    Map.of(),
                    Map.of(),
                    found,
                    InstanceSettings.unknown()));
  }

  @Override
  public Map<VolumeId, VolumeFacts> volumes(InstanceId id) {
    return attached;
  }
}
