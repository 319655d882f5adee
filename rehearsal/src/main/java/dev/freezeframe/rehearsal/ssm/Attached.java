package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.ssm.document.DocumentBehaviour.Holds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The volumes that a guest has; each carries a mounted, writable file system, but for swap.
 *
 * @param boot the one that it boots from
 * @param swap those that it swaps to, which nothing holds
 */
record Attached(List<String> volumes, Optional<String> boot, Set<String> swap) {

  Attached {
    volumes = List.copyOf(volumes);
    swap = Set.copyOf(swap);
  }

  /** Without swap. */
  Attached(List<String> volumes, Optional<String> boot) {
    this(volumes, boot, Set.of());
  }

  /** The same, where some are used for swap. */
  Attached swapping(Set<String> to) {
    return new Attached(volumes, boot, to);
  }

  /** Those that stand still while a document holds them. */
  List<String> held(Holds holds) {
    return switch (holds) {
      case ALL -> volumes.stream().filter(volume -> !swap.contains(volume)).toList();
      case DATA ->
          volumes.stream()
              .filter(volume -> !swap.contains(volume))
              .filter(volume -> !boot.equals(Optional.of(volume)))
              .toList();
      case NO_VOLUME, NONE -> List.of();
    };
  }

  /** All others, with the cause in the words of the real scripts. */
  SortedMap<String, String> besides(List<String> held) {
    SortedMap<String, String> others = new TreeMap<>();
    for (String volume : volumes) {
      if (!held.contains(volume)) {
        others.put(volume, swap.contains(volume) ? "swap is on it" : "/ is not frozen");
      }
    }
    return others;
  }
}
