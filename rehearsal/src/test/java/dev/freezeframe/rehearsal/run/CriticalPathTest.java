package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.cloud.Latencies;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Virtual time is exact, so that this holds figures and is not timed. */
class CriticalPathTest {
  private static List<CriticalPath> without;
  private static List<CriticalPath> usual;

  @BeforeAll
  static void measure() {
    without = CriticalPathBenchmark.measure(Latencies.NONE);
    usual = CriticalPathBenchmark.measure(Latencies.USUAL);
  }

  @Test
  void withoutLatencyOnlyTheWaitForTheNextLookIsLeft() {
    assertThat(without)
        .allSatisfy(
            path -> {
              assertThat(path.seen()).isLessThan(Duration.ofMillis(500));
              assertThat(path.whole()).isEqualTo(path.seen());
            });
  }

  @Test
  void withTheUsualLatenciesMostOfItIsTheCallThatTakesTheSet() {
    assertThat(usual.stream().filter(path -> !path.metACold()))
        .hasSizeGreaterThan(usual.size() / 2)
        .allSatisfy(
            path -> {
              assertThat(path.create()).isEqualTo(Duration.ofMillis(900));
              assertThat(path.toCreate()).isLessThanOrEqualTo(Duration.ofMillis(20));
              assertThat(path.toThaw()).isLessThanOrEqualTo(Duration.ofMillis(20));
              assertThat(path.seen()).isBetween(Duration.ofMillis(30), Duration.ofMillis(590));
            });
  }
}
