package dev.freezeframe.rehearsal.faults;

import java.util.Set;

/**
 * The names that a file of faults may refer to; an empty set lets any name through.
 *
 * @param instances the ids of the fleet
 * @param tasks such as {@code CreateSnapshots}
 * @param states of the state machines
 */
public record KnownNames(Set<String> instances, Set<String> tasks, Set<String> states) {

  /** Nothing is known, so nothing is checked. */
  public static final KnownNames NOTHING = new KnownNames(Set.of(), Set.of(), Set.of());

  public KnownNames {
    instances = Set.copyOf(instances);
    tasks = Set.copyOf(tasks);
    states = Set.copyOf(states);
  }
}
