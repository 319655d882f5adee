package dev.freezeframe.retention;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.retention.Sets.days;
import static dev.freezeframe.retention.Sets.on;
import static dev.freezeframe.retention.Sets.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.retention.rule.SetFacts;
import dev.freezeframe.retention.rule.SetState;
import dev.freezeframe.snapshot.SnapshotState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The known faults of the scripts that this project follows, as far as rules go. Those of their
 * table are in {@code LifecycleScriptsTableFaultsTest}. Of a snapshot that was taken before the
 * flush has run {@code VerdictTest} says what it is worth, and the rehearsal's {@code
 * HappyPathTest} holds that none is: {@code noSnapshotIsTakenBeforeTheFlushIsKnownToHaveRun}.
 */
class LifecycleScriptsFaultsTest {
  private static final SetFacts NEWEST = set("2026-12-24T02:00:00Z", APPLICATION, days(2));

  @Test
  void theAgeIsNotRoundedSoNothingGoesHalfADayEarly() {
    SetFacts old = set("2026-12-01T12:00:00Z", APPLICATION, days(2));

    // 1.5 days and a minute: Math.round calls it 2.
    assertThat(on(old, List.of(NEWEST, old), "2026-12-03T00:01:00Z").expires()).isFalse();
  }

  @Test
  void theComparisonGoesTheRightWaySoWhatIsWithinItsLifetimeStays() {
    SetFacts young = set("2026-12-23T02:00:00Z", APPLICATION, days(2));
    SetFacts old = set("2026-12-01T02:00:00Z", APPLICATION, days(2));
    List<SetFacts> group = List.of(NEWEST, young, old);

    assertThat(on(young, group, "2026-12-24T03:00:00Z").expires()).isFalse();
    assertThat(on(old, group, "2026-12-24T03:00:00Z").expires()).isTrue();
  }

  @Test
  void theLifetimeIsThatOfTheSetItselfInWhateverOrderAnswersCome() {
    SetFacts two = set("2026-12-01T02:00:00Z", APPLICATION, days(2));
    SetFacts thirty = set("2026-12-02T02:00:00Z", APPLICATION, days(30));

    for (List<SetFacts> order :
        List.of(List.of(NEWEST, two, thirty), List.of(thirty, NEWEST, two))) {
      assertThat(on(two, order, "2026-12-24T03:00:00Z").expires()).isTrue();
      assertThat(on(thirty, order, "2026-12-24T03:00:00Z").expires()).isFalse();
    }
  }

  @Test
  void aTagOfAnotherKeyWithTheSameValueIsNoMatch() {
    TagSelector selector = TagSelector.parse("snapshot=snapshot");

    assertThat(selector.matches(Map.of("purpose", "snapshot"))).isFalse();
    assertThat(selector.matches(Map.of("snapshot", "snapshot"))).isTrue();
  }

  @Test
  void aSnapshotInErrorIsNotPendingForEver() {
    assertThat(SetState.of(List.of(SnapshotState.ERROR, SnapshotState.ERROR)))
        .isEqualTo(SetState.FAILED);
    SetFacts failed = set("2026-12-20T02:00:00Z", SetState.FAILED, null, days(2));

    assertThat(on(failed, List.of(NEWEST, failed), "2026-12-24T03:00:00Z").expires()).isTrue();
  }
}
