package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.ssm.DocumentBehaviour.Holds;
import java.util.List;
import java.util.Optional;

/**
 * The volumes that a guest has; each carries a mounted, writable file system.
 *
 * @param boot the one that it boots from
 */
record Attached(List<String> volumes, Optional<String> boot) {

  Attached {
    volumes = List.copyOf(volumes);
  }

  /** Those that stand still while a document holds them. */
  List<String> held(Holds holds) {
    return switch (holds) {
      case ALL -> volumes;
      case DATA -> volumes.stream().filter(volume -> !boot.equals(Optional.of(volume))).toList();
      case NO_VOLUME, NONE -> List.of();
    };
  }

  /** All others. */
  List<String> besides(List<String> held) {
    return volumes.stream().filter(volume -> !held.contains(volume)).toList();
  }
}
