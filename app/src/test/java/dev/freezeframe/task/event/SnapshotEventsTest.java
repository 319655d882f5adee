package dev.freezeframe.task.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.snapshot.SnapshotState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotEventsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
  private static final Instant END = Instant.parse("2026-11-22T02:07:00Z");
  private static final SnapshotId FIRST = new SnapshotId("snap-0123456789abcdef0");
  private static final SnapshotId SECOND = new SnapshotId("snap-0123456789abcdef1");

  private static Map<String, Object> single(String event, String result, String arn) {
    Map<String, Object> detail = new HashMap<>();
    detail.put("event", event);
    detail.put("result", result);
    detail.put("cause", "");
    detail.put("snapshot_id", arn);
    detail.put("endTime", END.toString());
    return detail;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ec2::eu-central-1:snapshot/snap-0123456789abcdef0",
        "arn:aws:ec2:eu-central-1::snapshot/snap-0123456789abcdef0",
        "arn:aws-cn:ec2::cn-north-1:snapshot/snap-0123456789abcdef0",
        "arn:aws-us-gov:ec2:us-gov-west-1::snapshot/snap-0123456789abcdef0",
        "snap-0123456789abcdef0"
      })
  void aSingleEventTellsOfItsSnapshotInEveryFormOfItsArn(String arn) {
    assertThat(
            SnapshotEvents.changes(
                SnapshotEvents.SINGLE, single("createSnapshot", "succeeded", arn), NOW))
        .containsExactly(new SnapshotChange(FIRST, SnapshotState.COMPLETED, END, Optional.empty()));
  }

  @Test
  void aFailureCarriesItsCause() {
    Map<String, Object> failed = single("createSnapshot", "failed", "snap-0123456789abcdef0");
    failed.put("cause", "the volume has vanished");

    assertThat(SnapshotEvents.changes(SnapshotEvents.SINGLE, failed, NOW))
        .containsExactly(
            new SnapshotChange(
                FIRST, SnapshotState.ERROR, END, Optional.of("the volume has vanished")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"copySnapshot", "shareSnapshot", "lockSnapshot", ""})
  void otherEventsOfThatTypeAreNoNewsOfCompletion(String event) {
    assertThat(
            SnapshotEvents.changes(
                SnapshotEvents.SINGLE, single(event, "succeeded", FIRST.value()), NOW))
        .isEmpty();
  }

  @Test
  void aSetEventTellsOfEachMemberThatHasSettled() {
    Map<String, Object> detail =
        Map.of(
            "event",
            "createSnapshots",
            "result",
            "failed",
            "cause",
            "Snapshot snap-0123456789abcdef1 is in status error",
            "endTime",
            END.toString(),
            "snapshots",
            List.of(
                Map.of("snapshot_id", "arn:aws:ec2::eu:snapshot/" + FIRST, "status", "completed"),
                Map.of("snapshot_id", "arn:aws:ec2::eu:snapshot/" + SECOND, "status", "error"),
                Map.of("snapshot_id", "arn:aws:ec2::eu:snapshot/snap-00000000", "status", "?")));

    assertThat(SnapshotEvents.changes(SnapshotEvents.SET, detail, NOW))
        .containsExactly(
            new SnapshotChange(FIRST, SnapshotState.COMPLETED, END, Optional.empty()),
            new SnapshotChange(
                SECOND,
                SnapshotState.ERROR,
                END,
                Optional.of("Snapshot snap-0123456789abcdef1 is in status error")));
  }

  @Test
  void anEndTimeThatIsMissingIsTakenForNow() {
    Map<String, Object> detail = single("createSnapshot", "succeeded", FIRST.value());
    detail.remove("endTime");

    assertThat(SnapshotEvents.changes(SnapshotEvents.SINGLE, detail, NOW))
        .extracting(SnapshotChange::at)
        .containsExactly(NOW);
  }

  @Test
  void anEventOfAnotherTypeBringsNothing() {
    assertThat(SnapshotEvents.changes("EBS Volume Notification", Map.of(), NOW)).isEmpty();
    assertThat(SnapshotEvents.changes(null, Map.of(), NOW)).isEmpty();
  }
}
