package dev.freezeframe.operator.restore;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestorePlan.Creation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether the keys of a set can be used. EC2 tells of one that cannot only after it has taken
 * CreateVolume: the volume is gone a moment later.
 *
 * @param reasons why the restore is refused
 * @param warnings of keys that one may not ask about
 */
record KeyStates(List<String> reasons, List<String> warnings) {

  /**
   * Asks about each key once.
   *
   * @param states gives the state of a key, such as {@code Enabled}; empty: there is no such key
   */
  static KeyStates of(RestorePlan plan, Function<String, Asked<Optional<String>>> states) {
    Map<String, List<String>> volumes = new TreeMap<>();
    for (Creation volume : plan.volumes()) {
      volume
          .kmsKeyId()
          .ifPresent(
              key ->
                  volumes
                      .computeIfAbsent(key, any -> new ArrayList<>())
                      .add(volume.snapshot().value()));
    }
    List<String> reasons = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    volumes.forEach(
        (key, snapshots) -> {
          Asked<Optional<String>> asked = states.apply(key);
          if (asked.value().isEmpty()) {
            warnings.add(
                "the key %s %s: if it cannot be used, the restore fails and is undone"
                    .formatted(key, asked.unanswered()));
          } else if (!asked.value().get().equals(Optional.of("Enabled"))) {
            reasons.add(
                "the key %s is %s, expected Enabled: %s cannot be read without it"
                    .formatted(
                        key,
                        asked.value().get().orElse("not there"),
                        snapshots.size() == 1
                            ? snapshots.get(0)
                            : "%s and %d more".formatted(snapshots.get(0), snapshots.size() - 1)));
          }
        });
    return new KeyStates(reasons, warnings);
  }
}
