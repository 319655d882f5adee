package dev.freezeframe.task.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.task.TestContext;
import dev.freezeframe.task.TestTaskDependencies;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplySnapshotEventTaskTest {
  private final TestTaskDependencies dependencies = new TestTaskDependencies();
  private static final SnapshotId SNAPSHOT = new SnapshotId("snap-0123456789abcdef0");

  private final TestContext context = new TestContext();

  private String send(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ApplySnapshotEventTask(dependencies)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, context);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static final String EVENT =
      """
      {"version": "0", "id": "01234567-0123-0123-0123-012345678901",
       "detail-type": "EBS Snapshot Notification", "source": "aws.ec2",
       "account": "123456789012", "time": "2026-11-22T02:07:01Z", "region": "eu-central-1",
       "resources": ["arn:aws:ec2::eu-central-1:snapshot/snap-0123456789abcdef0"],
       "detail": {"event": "createSnapshot", "result": "succeeded", "cause": "",
         "request-id": "", "snapshot_id":
         "arn:aws:ec2::eu-central-1:snapshot/snap-0123456789abcdef0",
         "source": "arn:aws:ec2::eu-central-1:volume/vol-0123456789abcdef0",
         "startTime": "2026-11-22T02:00:04Z", "endTime": "2026-11-22T02:07:00Z"}}
      """;

  @Test
  void anEventAsEventBridgeSendsItReachesTheLedger() throws IOException {
    assertThat(send(EVENT)).isEqualTo("[\"snap-0123456789abcdef0 COMPLETED: KEPT_EARLY\"]");
    assertThat(context.log()).contains("\"decided\":\"[snap-0123456789abcdef0 COMPLETED");
  }

  @Test
  void anEventOfAnotherSourceIsLeftAlone() throws IOException {
    assertThat(send(EVENT.replace("aws.ec2", "someone.else")))
        .isEqualTo("[\"left alone: an event of someone.else, expected aws.ec2\"]");
  }

  @ParameterizedTest
  @CsvSource({"123456789012, 210987654321", "eu-central-1, us-east-1"})
  void anEventOfAnotherAccountOrRegionIsLeftAlone(String own, String other) throws IOException {
    assertThat(send(EVENT.replace("\"" + own + "\"", "\"" + other + "\"")))
        .startsWith("[\"left alone: an event of account ")
        .contains(other);
    assertThat(dependencies.ledger().snapshots(List.of(SNAPSHOT))).isEmpty();
    assertThat(send(EVENT)).contains("KEPT_EARLY");
  }

  @Test
  void aCauseThatWouldBreakATerminalOrFillALogIsKeptAsOneShortLine() throws IOException {
    dependencies.ledger().recordSnapshots(List.of(pending()));
    send(
        EVENT
            .replace("succeeded", "failed")
            .replace(
                "\"cause\": \"\"", "\"cause\": \"\\u001b[2J\\n%s\"".formatted("x".repeat(99_999))));

    String cause = dependencies.ledger().snapshots(List.of(SNAPSHOT)).get(0).cause().orElseThrow();
    assertThat(cause).startsWith("\\u001b[2J xxx").hasSizeLessThan(1_100);
  }

  private static SnapshotRow pending() {
    return SnapshotRow.pending(
        SNAPSHOT,
        AttemptId.of("execution", 1),
        new VolumeId("vol-0123456789abcdef0"),
        new InstanceId("i-0123456789abcdef0"),
        new PolicyName("daily"),
        new RunId("daily-20261122T020000Z"),
        "execution",
        Instant.parse("2026-11-22T02:00:04Z"),
        Optional.empty());
  }
}
