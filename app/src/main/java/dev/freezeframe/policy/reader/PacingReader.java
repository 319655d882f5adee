package dev.freezeframe.policy.reader;

import dev.freezeframe.policy.Pacing;
import dev.freezeframe.policy.field.DecimalNumber;
import dev.freezeframe.policy.field.DurationField;
import dev.freezeframe.policy.field.Section;
import java.time.Duration;
import java.util.List;

/** Reads how a fleet is spread. */
public final class PacingReader {
  public static final List<String> FIELDS = List.of("setsPerSecond", "jitter");

  static final DecimalNumber SETS_PER_SECOND = new DecimalNumber(0.01, 100, "0.01..100");
  static final DurationField JITTER = DurationField.between("0s", "24h");

  /** The refill rate of CreateSnapshots, unless the account has a larger quota. */
  private static final double DEFAULT_SETS_PER_SECOND = 5;

  private PacingReader() {}

  static Pacing read(Section pacing) {
    return new Pacing(
        pacing.read("setsPerSecond", SETS_PER_SECOND).orElse(DEFAULT_SETS_PER_SECOND),
        pacing.read("jitter", JITTER).orElse(Duration.ZERO));
  }
}
