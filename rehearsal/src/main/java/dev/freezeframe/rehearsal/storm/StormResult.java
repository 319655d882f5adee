package dev.freezeframe.rehearsal.storm;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a storm.
 *
 * @param backups executions of {@code snapshot-instance}
 * @param met how often each kind of weather struck
 */
public record StormResult(
    Storm storm, int backups, SortedMap<WeatherKind, Integer> met, List<Violation> violations) {

  public StormResult {
    met = Collections.unmodifiableSortedMap(new TreeMap<>(met));
    violations = List.copyOf(violations);
  }

  public boolean holds() {
    return violations.isEmpty();
  }

  boolean breaks(String invariant) {
    return violations.stream().anyMatch(violation -> violation.invariant().equals(invariant));
  }
}
