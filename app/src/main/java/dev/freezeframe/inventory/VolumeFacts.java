package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facts that EC2 states of a volume that is attached to an instance.
 *
 * @param elsewhere the other instances that it is attached to (Multi-Attach)
 */
public record VolumeFacts(Map<String, String> tags, List<InstanceId> elsewhere) {

  public VolumeFacts {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    elsewhere = elsewhere.stream().sorted().toList();
  }
}
