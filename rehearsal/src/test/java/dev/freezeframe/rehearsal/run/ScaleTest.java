package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What grows with a fleet and what does not, in small; docs/scale.md has it in large. */
class ScaleTest {
  private static final int LARGE = 120;

  private static Result small;
  private static Result large;
  private static final AtomicInteger HISTORY = new AtomicInteger();
  private static final AtomicInteger PAYLOAD = new AtomicInteger();

  @BeforeAll
  static void play() {
    small = Scene.of(Fleets.of(12, 1)).play();
    large =
        Scene.of(Fleets.of(LARGE, 1))
            .besides(
                cloud ->
                    cloud
                        .time()
                        .after(
                            Duration.ofDays(1),
                            () ->
                                cloud
                                    .backups()
                                    .forEach(
                                        backup -> {
                                          HISTORY.accumulateAndGet(
                                              backup.historyEvents(), Math::max);
                                          PAYLOAD.accumulateAndGet(
                                              backup.largestPayload(), Math::max);
                                        })))
            .play();
  }

  private static List<Duration> frozen(Result result) {
    return result.reports().stream().map(InstanceReport::frozen).sorted().toList();
  }

  private static Duration median(List<Duration> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  @Test
  void howLongAGuestStandsStillDoesNotGrowWithTheFleet() {
    List<Duration> few = frozen(small);
    List<Duration> many = frozen(large);

    assertThat(many).hasSize(LARGE);
    assertThat(median(many)).isLessThan(median(few).plusMillis(500));
    assertThat(many.get(many.size() - 1)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void nothingIsThrottledWhileAGuestStandsStill() {
    assertThat(large.reports())
        .allSatisfy(
            report -> {
              assertThat(report.attempts()).isEqualTo(1);
              assertThat(report.callsWhileFrozen()).containsExactly("ec2:CreateSnapshots");
              assertThat(report.consistency()).contains("APPLICATION");
            });
  }

  @Test
  void theLastSetComesSoonAfterItsTurnByThePacing() {
    Instant last =
        large.rows().values().stream()
            .map(SnapshotRow::pointInTime)
            .max(Comparator.naturalOrder())
            .orElseThrow();

    assertThat(Duration.between(Scene.DUE, last))
        .isBetween(Duration.ofSeconds(LARGE / 5 - 1), Duration.ofSeconds(LARGE / 5 + 15));
  }

  @Test
  void aBackupStaysFarBelowTheLimitsOfItsExecution() {
    assertThat(HISTORY.get()).isBetween(50, 500);
    assertThat(PAYLOAD.get()).isBetween(1_000, 26_000);
  }
}
