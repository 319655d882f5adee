package dev.freezeframe.ledger.run;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;

/**
 * How a run ended, in numbers of instances.
 *
 * @param at when its outcomes were read; what a redrive changes later is not in the numbers
 */
public record RunSummary(
    int succeeded,
    int failed,
    int skipped,
    int application,
    int crash,
    int unknown,
    String sentence,
    Instant at) {

  public RunSummary {
    at = at.truncatedTo(MILLIS);
  }
}
