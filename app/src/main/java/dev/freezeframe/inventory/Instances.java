package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows the instances and their volumes. */
public interface Instances {

  /**
   * One page of the instances that may match.
   *
   * @param targets each matches on its own; what is returned may match none and is checked again
   * @param token of the page; empty: the first
   * @param size instances in a page, 5..1000
   */
  Page select(List<TagSelector> targets, Optional<String> token, int size);

  /** One instance; empty: EC2 knows it no more. */
  Optional<InstanceFacts> find(InstanceId id);

  /** Each volume that is attached to an instance. */
  Map<VolumeId, VolumeFacts> volumes(InstanceId id);

  /**
   * A page of instances.
   *
   * @param next the token of the next page; empty: this is the last
   */
  record Page(List<InstanceFacts> instances, Optional<String> next) {

    public Page {
      instances = List.copyOf(instances);
    }
  }
}
