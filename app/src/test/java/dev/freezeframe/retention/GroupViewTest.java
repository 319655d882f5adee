package dev.freezeframe.retention;

import static dev.freezeframe.retention.Members.group;
import static dev.freezeframe.retention.Members.set;
import static dev.freezeframe.retention.Sets.count;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GroupViewTest {
  private static final Instant NOW = Instant.parse("2026-01-20T00:00:00Z");

  private static boolean goes(GroupView group, RetentionCandidate set) {
    return group.decide(NOW).get(set.set()).expires();
  }

  @Test
  void setsAreInOrderTheNewestFirst() {
    RetentionCandidate old = set("2026-01-01T02:00:00Z", days(7), 1, 1);
    RetentionCandidate newer = set("2026-01-02T02:00:00Z", days(7), 1, 2);

    assertThat(group(old, newer).sets()).containsExactly(newer, old);
    assertThat(group(old, newer).snapshots()).isEqualTo(2);
  }

  @Test
  void aSetIsDueFromTheInstantOfItsExpiry() {
    RetentionCandidate set = set("2026-01-01T02:00:00Z", days(7), 1, 1);

    assertThat(group(set).due(Instant.parse("2026-01-08T01:59:59Z"))).isEmpty();
    assertThat(group(set).due(Instant.parse("2026-01-08T02:00:00Z"))).containsExactly(set);
  }

  @Test
  void aNewestSetThatIsTornLetsNoOtherGo() {
    RetentionCandidate old = set("2026-01-01T02:00:00Z", days(7), 2, 1, 2);
    RetentionCandidate torn = set("2026-01-02T02:00:00Z", days(7), 2, 3);

    GroupView group = group(old, torn);

    assertThat(goes(group, old)).isFalse();
    assertThat(goes(group, torn)).isTrue();
  }

  @Test
  void aTornSetThatWouldGoWereItWholeGoes() {
    RetentionCandidate torn = set("2026-01-01T02:00:00Z", count(2), 2, 1);
    RetentionCandidate next = set("2026-01-02T02:00:00Z", count(2), 1, 2);
    RetentionCandidate newest = set("2026-01-03T02:00:00Z", count(2), 1, 3);

    assertThat(goes(group(torn, next, newest), torn)).isTrue();
    assertThat(goes(group(torn, newest), torn)).isFalse();
  }

  @Test
  void eachOfSeveralTornSetsIsJudgedAsIfItAloneWereWhole() {
    RetentionCandidate one = set("2026-01-01T02:00:00Z", count(1), 2, 1);
    RetentionCandidate two = set("2026-01-02T02:00:00Z", count(1), 2, 2);

    assertThat(group(one, two).decide(NOW).values()).noneMatch(decision -> decision.expires());
    assertThat(group(one, two).decide(NOW)).containsKey(AttemptId.of("2026-01-02T02:00:00Z", 1));
  }
}
