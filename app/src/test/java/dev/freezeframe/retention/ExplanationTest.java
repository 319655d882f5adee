package dev.freezeframe.retention;

import static dev.freezeframe.consistency.Consistency.APPLICATION;
import static dev.freezeframe.retention.Sets.count;
import static dev.freezeframe.retention.Sets.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private final Fleet fleet = new Fleet();

  private Fleet.Taken take(String at) {
    fleet.passTo(at);
    return fleet.take(1, APPLICATION, days(7));
  }

  private List<String> of(SnapshotId id) {
    return new Explanation(fleet.ledger, fleet.now()).of(id);
  }

  @Test
  void aSnapshotThatIsThereSaysWhyAndUntilWhen() {
    Fleet.Taken taken = take("2026-01-01T02:00:00Z");
    take("2026-01-02T02:00:00Z");

    assertThat(of(taken.members().get(0)))
        .containsExactly(
            "snap-00000000000000001 is of vol-00000000000000010 of i-00000000000000001, taken by"
                + " policy daily at"
                + " 2026-01-01T02:00:00Z, APPLICATION",
            "verdict: judged",
            "kept until 2026-01-08T02:00:00Z at least: age until 2026-01-08T02:00:00Z,"
                + " the policy says 7 days");
  }

  @Test
  void aSnapshotThatWentSaysWhyAndWhen() {
    Fleet.Taken taken = take("2026-01-01T02:00:00Z");
    take("2026-01-08T02:00:00Z");
    fleet.passTo("2026-01-08T03:00:00Z");
    fleet.expire();

    assertThat(of(taken.members().get(0)).get(2))
        .isEqualTo(
            "deleted at 2026-01-08T03:00:00Z by plan expire-1, rule age: its age ended at"
                + " 2026-01-08T02:00:00Z, the policy says 7 days");
  }

  @Test
  void aSnapshotThatIsHeldSaysByWhat() {
    Fleet.Taken taken = take("2026-01-01T02:00:00Z");
    take("2026-01-08T02:00:00Z");
    fleet.live.tag(taken.members().get(1), SnapshotTags.PIN, Optional.of("2026-03-01"));
    fleet.passTo("2026-01-08T03:00:00Z");
    fleet.expire();

    assertThat(of(taken.members().get(0)).get(2))
        .startsWith("expires in the next run, unless EC2 shows that it is pinned, ")
        .contains("held in the last run: ")
        .contains("is pinned until 2026-03-01");
  }

  @Test
  void anInstanceSaysWhichOfItsSetsGoesNext() {
    take("2026-01-01T02:00:00Z");
    take("2026-01-02T02:00:00Z");
    fleet.passTo("2026-01-03T02:00:00Z");
    fleet.take(1, APPLICATION, count(1));

    assertThat(new Explanation(fleet.ledger, fleet.now()).of(Fleet.instance(1)))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("daily 2026-01-01").contains("2026-01-08"),
            line -> assertThat(line).startsWith("daily 2026-01-02").contains("2026-01-09"),
            line ->
                assertThat(line)
                    .startsWith("daily 2026-01-03")
                    .contains("kept, decided again when a newer set completes"));
  }

  @Test
  void ofWhatNobodyKnowsThereIsNothingToSay() {
    Explanation explanation = new Explanation(fleet.ledger, fleet.now());

    assertThat(explanation.of(new SnapshotId("snap-0000000000000ffff"))).isEmpty();
    assertThat(explanation.of(Fleet.instance(9))).isEmpty();
  }

  @Test
  void whatGoesInTheNextRunIsNamedFirst() {
    Fleet.Taken first = take("2026-01-01T02:00:00Z");
    take("2026-01-02T02:00:00Z");
    fleet.passTo("2026-01-08T03:00:00Z");

    assertThat(new Explanation(fleet.ledger, fleet.now()).of(Fleet.instance(1)).get(0))
        .startsWith(
            "daily 2026-01-01T02:00:00Z, set %s, APPLICATION, 2 snapshots from %s: expires in the next run"
                .formatted(first.set(), first.members().get(0)));
  }
}
