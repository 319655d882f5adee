package dev.freezeframe.snapshot;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import java.util.Map;

/**
 * Tells the snapshots that we created from those that only carry our tags.
 *
 * <p>Anyone who may tag can put our tags on any snapshot, at any time. A description is given with
 * the creation and never changes, so both together are asked for before a snapshot is taken for
 * ours.
 */
public final class Ownership {
  private Ownership() {}

  /** The description of the snapshots of an instance in a run. */
  public static String description(RunId run, InstanceId instance) {
    return "Freezeframe: %s of %s".formatted(run, instance);
  }

  /** Whether a snapshot was created as its tags say. */
  public static boolean proved(String description, Map<String, String> tags) {
    return description.equals(
        "Freezeframe: %s of %s"
            .formatted(tags.get(SnapshotTags.RUN), tags.get(SnapshotTags.INSTANCE)));
  }
}
