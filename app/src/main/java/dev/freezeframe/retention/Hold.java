package dev.freezeframe.retention;

import java.time.Instant;
import java.util.Optional;

/**
 * Something outside the policy that keeps a set.
 *
 * @param until when it ends by itself; empty: it has to be asked about again
 */
public record Hold(String reason, Optional<Instant> until) {

  static Hold always(String reason) {
    return new Hold(reason, Optional.empty());
  }
}
