package dev.freezeframe.retention;

import static dev.freezeframe.retention.Members.inEc2;
import static dev.freezeframe.retention.Members.set;
import static dev.freezeframe.retention.Sets.days;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.retention.rule.SetState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionCandidateTest {
  private static final Instant NOW = Instant.parse("2026-01-20T00:00:00Z");
  private final RetentionCandidate whole = set("2026-01-01T02:00:00Z", days(7), 2, 1, 2);

  @Test
  void aSetWithAllItsMembersIsWhole() {
    assertThat(whole.torn()).isFalse();
    assertThat(whole.facts().state()).isEqualTo(SetState.COMPLETED);
    assertThat(whole.dueAt()).contains(Instant.parse("2026-01-08T02:00:00Z"));
  }

  @Test
  void aSetThatTheLedgerHasInPartIsPartialAndIsCompletedIfTheRestIsForgotten() {
    RetentionCandidate torn = set("2026-01-01T02:00:00Z", days(7), 3, 1, 2);

    assertThat(torn.torn()).isTrue();
    assertThat(torn.facts().state()).isEqualTo(SetState.PARTIAL);
    assertThat(torn.factsIfWhole().state()).isEqualTo(SetState.COMPLETED);
  }

  @Test
  void aMemberThatEc2DoesNotHaveCountsAsFailed() {
    RetentionCandidate torn = whole.asked(inEc2(whole, 2), Map.of(), UTC, NOW);

    assertThat(torn.torn()).isTrue();
    assertThat(torn.facts().state()).isEqualTo(SetState.PARTIAL);
    assertThat(torn.factsIfWhole().state()).isEqualTo(SetState.COMPLETED);
  }

  @Test
  void aSetOfWhichEc2HasNothingHasFailed() {
    RetentionCandidate gone = whole.asked(Map.of(), Map.of(), UTC, NOW);

    assertThat(gone.facts().state()).isEqualTo(SetState.FAILED);
    assertThat(gone.factsIfWhole().state()).isEqualTo(SetState.COMPLETED);
  }

  @Test
  void whatEc2SaysHoldsTheSet() {
    RetentionCandidate shared =
        whole.asked(inEc2(whole), Map.of(Members.id(1), List.of("111122223333")), UTC, NOW);

    assertThat(shared.facts().holds())
        .containsExactly(Members.id(1) + " is shared with 111122223333");
    assertThat(whole.facts().holds()).isEmpty();
  }
}
