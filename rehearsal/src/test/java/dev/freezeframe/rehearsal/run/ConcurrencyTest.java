package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.Pacing;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many functions a run keeps at work at once, by the size of its fleet. */
class ConcurrencyTest {
  /** What AWS gives an ordinary account; what new accounts begin with is not documented. */
  private static final int DEFAULT_QUOTA = 1_000;

  private static final int NEW_ACCOUNT = 10;

  private static final Pacing USUAL =
      new PolicyReader().read("a.yaml", Scene.ALL_OR_NOTHING.formatted("a")).pacing();

  /** For an account that has ten. */
  private static final Pacing SLOW = new Pacing(0.5, Duration.ZERO);

  @ParameterizedTest
  @CsvSource({"1, 5, 10000", "10, 5, 10000", "60, 5, 10000", "60, 5, 30", "20, 0.5, 10000"})
  void whatIsReckonedIsEnoughAndNotTwiceWhatIsMeasured(
      int instances, double setsPerSecond, int pendingLimit) {
    FunctionTime measured =
        FunctionTime.of(
            Fleets.of(instances, 3),
            Scene.ALL_OR_NOTHING.formatted("daily")
                + "pacing: {setsPerSecond: %s}\n".formatted(setsPerSecond),
            pendingLimit);

    long reckoned = new Pacing(setsPerSecond, Duration.ZERO).functionsAtOnce(instances);
    assertThat((long) measured.mostAtOnce())
        .isLessThanOrEqualTo(reckoned)
        .isGreaterThan(reckoned / 3);
  }

  @Test
  void theDocumentHasTheTableThatFollows() throws IOException {
    assertThat(Files.readString(Scene.root().resolve("docs/deploying.md"))).contains(table());
  }

  static String table() {
    return "| instances of a run | started in | functions at once | new account (%d) | default (%,d) | with `setsPerSecond: %s` | started in |\n|--:|--:|--:|---|---|--:|--:|\n"
            .formatted(NEW_ACCOUNT, DEFAULT_QUOTA, SLOW.setsPerSecond())
        + LongStream.of(1, 10, 100, 1_000, 10_000)
            .mapToObj(ConcurrencyTest::row)
            .collect(Collectors.joining());
  }

  private static String row(long instances) {
    long needs = USUAL.functionsAtOnce(instances);
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %d | %s | %s | %d | %s |\n",
        instances,
        startedIn(USUAL, instances),
        needs,
        needs <= NEW_ACCOUNT ? "enough" : "too few",
        needs <= DEFAULT_QUOTA ? "enough" : "too few",
        SLOW.functionsAtOnce(instances),
        startedIn(SLOW, instances));
  }

  private static String startedIn(Pacing pacing, long instances) {
    double seconds = instances / pacing.setsPerSecond();
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.0f s", Math.ceil(seconds));
    }
    return seconds < 7_200
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
  }
}
