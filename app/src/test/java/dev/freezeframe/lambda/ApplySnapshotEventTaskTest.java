package dev.freezeframe.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ApplySnapshotEventTaskTest {
  private final TestSurroundings surroundings = new TestSurroundings();
  private final TestContext context = new TestContext();

  private String send(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ApplySnapshotEventTask(surroundings)
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
    assertThat(send(EVENT.replace("aws.ec2", "someone.else"))).isEqualTo("[]");
  }
}
