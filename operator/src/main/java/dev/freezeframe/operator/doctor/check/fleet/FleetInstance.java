package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.policy.Volumes;
import java.util.Map;
import java.util.Optional;

/**
 * An instance that a policy matches.
 *
 * @param volumeTags of each volume
 * @param keys the KMS key of each volume that is encrypted
 */
public record FleetInstance(
    InstanceFacts facts,
    Map<VolumeId, Map<String, String>> volumeTags,
    Map<VolumeId, String> keys) {

  public FleetInstance {
    volumeTags = Map.copyOf(volumeTags);
    keys = Map.copyOf(keys);
  }

  /** What a set of it takes. */
  VolumeSelection selection(Volumes volumes) {
    return VolumeSelection.of(facts, volumeTags, volumes);
  }

  /** Why no set can be taken of it; empty: one can. */
  public Optional<String> invalid(Volumes volumes) {
    return facts.invalid().or(() -> selection(volumes).invalid());
  }

  /** Its id, and its name where it has one. */
  String title() {
    String name = facts.tags().getOrDefault("Name", "");
    return name.isEmpty() ? facts.id().value() : "%s (%s)".formatted(facts.id(), name);
  }
}
