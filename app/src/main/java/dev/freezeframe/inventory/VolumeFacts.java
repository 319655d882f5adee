package dev.freezeframe.inventory;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.AttachedVolume;
import java.util.List;
import java.util.Map;

/**
 * The facts that EC2 states of a volume that is attached to an instance.
 *
 * @param settings what a restore has to know of it
 * @param elsewhere the other instances that it is attached to (Multi-Attach)
 */
public record VolumeFacts(AttachedVolume settings, List<InstanceId> elsewhere) {

  public VolumeFacts {
    elsewhere = elsewhere.stream().sorted().toList();
  }

  public Map<String, String> tags() {
    return settings.tags();
  }
}
