package dev.freezeframe.drill;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.policy.Drill;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a drill ended.
 *
 * @param reached how much is proved; empty: nothing
 * @param cost about, of what it has taken
 * @param left what of it could not be taken away
 */
public record DrillEnd(
    DrillVerdict verdict,
    String reason,
    List<String> warnings,
    Optional<Drill.Level> reached,
    DrillCost cost,
    List<String> left,
    Instant at) {

  public DrillEnd {
    warnings = List.copyOf(warnings);
    left = List.copyOf(left);
    at = at.truncatedTo(MILLIS);
  }
}
