package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the keys of the volumes, under which snapshots are encrypted too, can be used. */
public final class KeysCheck {

  private KeysCheck() {}

  /** The volumes that are encrypted with each key. */
  public static Map<String, Set<String>> keys(List<FleetInstance> fleet) {
    Map<String, Set<String>> volumes = new TreeMap<>();
    fleet.forEach(
        instance ->
            instance
                .keys()
                .forEach(
                    (volume, key) ->
                        volumes.computeIfAbsent(key, any -> new TreeSet<>()).add(volume.value())));
    return volumes;
  }

  /**
   * Decides.
   *
   * @param states of each key, in KMS's words, such as {@code PendingDeletion}; empty: KMS knows no
   *     such key
   */
  public static Finding of(
      Policy policy, List<FleetInstance> fleet, Map<String, Asked<Optional<String>>> states) {
    Map<String, Set<String>> volumes = keys(fleet);
    Troubles troubles = new Troubles("keys " + policy.name());
    for (String key : volumes.keySet()) {
      Optional<Optional<String>> state = troubles.answer(states.get(key));
      if (state.isPresent() && !state.get().equals(Optional.of("Enabled"))) {
        troubles.warn(
            "%s of %s is %s"
                .formatted(
                    key.replaceFirst(".*:", ""),
                    Troubles.first(volumes.get(key)),
                    state.get().orElse("not there")),
            "enable the key, or cancel its deletion: without it neither volumes nor snapshots can"
                + " be read");
      }
    }
    return troubles.orElse(
        volumes.isEmpty()
            ? "no volume is encrypted"
            : "%s enabled".formatted(Troubles.count(volumes.size(), "key")));
  }
}
