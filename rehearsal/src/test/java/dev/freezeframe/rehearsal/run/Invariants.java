package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Scripts;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.instance.Freeze;
import dev.freezeframe.rehearsal.ssm.Guest;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has to hold at the end of every rehearsal, whatever went wrong in it. */
final class Invariants {
  private Invariants() {}

  static void areKept(Result result) {
    nothingIsFrozen(result);
    everySnapshotIsInTheLedger(result);
    noAttemptTookTwoSets(result);
    onlyFrozenSetsAreCalledApplicationConsistent(result);
    everyTargetHasAnOutcome(result);
  }

  private static void nothingIsFrozen(Result result) {
    assertThat(result.stillFrozen()).isEmpty();
  }

  private static void everySnapshotIsInTheLedger(Result result) {
    assertThat(result.snapshots())
        .allSatisfy(
            snapshot ->
                assertThat(result.rows()).containsKey(new SnapshotId(snapshot.snapshotId())));
  }

  private static void noAttemptTookTwoSets(Result result) {
    Map<String, Set<Instant>> pointsInTime = new TreeMap<>();
    for (SnapshotView snapshot : result.snapshots()) {
      pointsInTime
          .computeIfAbsent(snapshot.tags().get(SnapshotTags.SET), any -> new TreeSet<>())
          .add(snapshot.startTime());
    }
    assertThat(pointsInTime).allSatisfy((set, points) -> assertThat(points).hasSize(1));
  }

  /**
   * The cloud knows the truth: whether the guest stood still at the set's point in time. What a
   * document of others does in its scripts is not checked, as with DLM.
   */
  private static void onlyFrozenSetsAreCalledApplicationConsistent(Result result) {
    if (!result.policy().scripts().map(Scripts::document).orElse("").startsWith("freezeframe-")) {
      return;
    }
    for (InstanceReport report : result.reports()) {
      boolean frozen = report.reason().startsWith("held by its scripts");
      if (!report.consistency().orElse("").equals("APPLICATION") || !frozen) {
        continue;
      }
      Instant taken = taken(result, report.snapshots().get(0));
      Guest guest = result.guests().get(report.instance().value());
      assertThat(guest.freezes())
          .as("freezes of %s around %s", report.instance(), taken)
          .anyMatch(freeze -> covers(freeze, taken));
    }
  }

  /** To the millisecond, which EC2 does not state; if it is gone, what it stated. */
  private static Instant taken(Result result, SnapshotRow row) {
    return result.snapshots().stream()
        .filter(view -> view.snapshotId().equals(row.snapshot().value()))
        .map(SnapshotView::startTime)
        .findFirst()
        .orElse(row.pointInTime());
  }

  private static boolean covers(Freeze freeze, Instant taken) {
    return !taken.isBefore(freeze.from()) && freeze.to().map(taken::isBefore).orElse(true);
  }

  private static void everyTargetHasAnOutcome(Result result) {
    assertThat(result.reports())
        .allSatisfy(
            report -> assertThat(report.reason()).isNotBlank().doesNotContain("no outcome is"));
  }
}
