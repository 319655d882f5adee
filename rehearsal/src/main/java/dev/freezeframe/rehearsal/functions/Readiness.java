package dev.freezeframe.rehearsal.functions;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a function can be invoked: the state of a published version that starts from a snapshot.
 *
 * <p>Lambda's guide (<i>Troubleshooting SnapStart</i>): a version becomes Inactive when it has not
 * been invoked for 14 days, or when Lambda recycles the execution environment; who invokes it then
 * is refused, and Lambda begins to initialize it. How long that takes is documented nowhere;
 * "upwards of 2 minutes" is seen (aws-lambda-power-tuning, pull request 190).
 */
final class Readiness {
  static final Duration ACTIVE_FOR = Duration.ofDays(14);
  static final Duration INITIALIZING = Duration.ofSeconds(150);

  private Instant invokedAt;
  private Instant activeAt;

  /** A version that is active from when it is published. */
  Readiness(Instant published) {
    this.invokedAt = published;
    this.activeAt = published;
  }

  /**
   * Whether an invocation is let through; one that is not may begin the initialization.
   *
   * @param recycled for how long it is initialized, if Lambda has recycled it; empty: it has not
   */
  boolean invoke(Instant now, Optional<Duration> recycled) {
    if (now.isBefore(activeAt)) {
      return false;
    }
    Duration idle = Duration.between(invokedAt, now);
    if (recycled.isPresent() || idle.compareTo(ACTIVE_FOR) >= 0) {
      activeAt = now.plus(recycled.orElse(INITIALIZING));
      invokedAt = activeAt;
      return false;
    }
    invokedAt = now;
    return true;
  }
}
