package dev.freezeframe.policy;

import java.time.Duration;
import java.util.List;

/** Reads how a fleet is spread. */
final class PacingReader {
  static final List<String> FIELDS = List.of("setsPerSecond", "jitter");

  /** The refill rate of CreateSnapshots, unless the account has a larger quota. */
  private static final double DEFAULT_SETS_PER_SECOND = 5;

  private PacingReader() {}

  static Pacing read(Section pacing) {
    return new Pacing(
        pacing
            .read("setsPerSecond", new DecimalNumber(0.01, 100, "0.01..100"))
            .orElse(DEFAULT_SETS_PER_SECOND),
        pacing.read("jitter", DurationField.between("0s", "24h")).orElse(Duration.ZERO));
  }
}
