package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.fleet.Fleets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Found by seed 186: a guest whose clock is behind was never backed up. */
class GuestClocksTest {

  @Test
  void scriptsOfAGuestWhoseClockIsBehindAreNotTakenForTimedOut() {
    Result result =
        Scene.of(Fleets.of(1, 1))
            .besides(
                cloud -> cloud.ssm().guest(Fleets.instanceId(1)).runsAhead(Duration.ofMinutes(-8)))
            .play();

    assertThat(result.reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.states()).contains("Run pre-script", "Run post-script");
              assertThat(report.states()).doesNotContain("Thaw", "Continue without scripts");
              assertThat(report.snapshots()).hasSize(1);
            });
    Invariants.areKept(result);
  }
}
