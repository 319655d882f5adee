package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;

/**
 * That a snapshot was deleted.
 *
 * @param rule under which
 * @param reason why
 * @param run the execution that did it
 * @param found whether EC2 still knew it; false: it was gone, as after a try that died
 */
public record Deletion(String rule, String reason, String run, Instant at, boolean found) {

  public Deletion {
    at = at.truncatedTo(MILLIS);
  }

  /** The same, of a snapshot that was gone. */
  public Deletion notFound() {
    return new Deletion(rule, reason, run, at, false);
  }
}
