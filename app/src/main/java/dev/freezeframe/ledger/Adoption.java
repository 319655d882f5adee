package dev.freezeframe.ledger;

import static java.time.temporal.ChronoUnit.MILLIS;

import java.time.Instant;

/**
 * That a snapshot was not recorded when it was taken.
 *
 * @param from where what is known of it comes from
 */
public record Adoption(Instant at, String from) {

  public Adoption {
    at = at.truncatedTo(MILLIS);
  }
}
