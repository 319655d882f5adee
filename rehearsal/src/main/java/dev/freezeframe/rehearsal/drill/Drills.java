package dev.freezeframe.rehearsal.drill;

import dev.freezeframe.operator.evidence.Evidence;
import java.util.List;
import java.util.Optional;

/**
 * What drills came to, and what they left.
 *
 * @param reports in the order in which they were claimed
 * @param stillRestored the instances and volumes that carry the tag of drills and are there
 * @param evidence what an auditor reads of them; empty: nothing was drilled
 */
public record Drills(
    List<DrillReport> reports, List<String> stillRestored, Optional<Evidence> evidence) {
  /** None. */
  public static final Drills NONE = new Drills(List.of(), List.of(), Optional.empty());

  public Drills {
    reports = List.copyOf(reports);
    stillRestored = List.copyOf(stillRestored);
  }

  /** Those whose set cannot be relied on, and those without an end. */
  public List<DrillReport> failed() {
    return reports.stream().filter(DrillReport::failed).toList();
  }
}
