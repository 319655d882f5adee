package dev.freezeframe.ledger.run;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a policy.
 *
 * @param execution the ARN of the execution that holds the run; a doubled firing finds it taken
 * @param summary empty while the run goes on
 */
public record RunRow(
    RunId run,
    PolicyName policy,
    Instant scheduledAt,
    String execution,
    Instant startedAt,
    Optional<RunSummary> summary) {

  public RunRow {
    scheduledAt = scheduledAt.truncatedTo(MILLIS);
    startedAt = startedAt.truncatedTo(MILLIS);
  }
}
