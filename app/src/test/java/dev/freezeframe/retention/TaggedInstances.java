package dev.freezeframe.retention;

import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.target.InstanceFacts;
import dev.freezeframe.target.InstanceId;
import dev.freezeframe.target.Instances;
import dev.freezeframe.target.VolumeFacts;
import dev.freezeframe.target.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Instances of which nothing is known but their tags. */
record TaggedInstances(Map<InstanceId, Map<String, String>> tags) implements Instances {

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
                    List.of(),
                    Map.of(),
                    found));
  }

  @Override
  public Map<VolumeId, VolumeFacts> volumes(InstanceId id) {
    throw new UnsupportedOperationException("nobody asks for volumes here");
  }
}
