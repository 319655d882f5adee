package dev.freezeframe.rehearsal.drill;

import java.util.List;

/**
 * What drills came to, and what they left.
 *
 * @param reports in the order in which they were claimed
 * @param stillRestored the instances and volumes that carry the tag of drills and are there
 */
public record Drills(List<DrillReport> reports, List<String> stillRestored) {
  /** None. */
  public static final Drills NONE = new Drills(List.of(), List.of());

  public Drills {
    reports = List.copyOf(reports);
    stillRestored = List.copyOf(stillRestored);
  }

  /** Those whose set cannot be relied on, and those without an end. */
  public List<DrillReport> failed() {
    return reports.stream().filter(DrillReport::failed).toList();
  }
}
