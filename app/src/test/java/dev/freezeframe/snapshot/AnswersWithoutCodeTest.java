package dev.freezeframe.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.policy.Tagging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What stands before EC2 answers a 5xx of its own, with a page in the place of an error code. */
class AnswersWithoutCodeTest {
  private final Ec2Exception unavailable =
      (Ec2Exception)
          Ec2Exception.builder()
              .statusCode(503)
              .awsErrorDetails(AwsErrorDetails.builder().serviceName("Ec2").build())
              .build();

  @Test
  void saysNothingOfWhatWasTakenAndStaysItself() {
    SnapshotSets sets = new Ec2SnapshotSets(new Unavailable());
    PolicyName policy = new PolicyName("daily");
    Instant at = Instant.parse("2026-11-22T02:00:00Z");
    SetOrder order =
        new SetOrder(
            AttemptId.of("execution", 1),
            new InstanceId("i-0abc0000000000001"),
            policy,
            RunId.of(policy, at),
            new VolumeSelection(
                List.of(new VolumeId("vol-0abc0000000000001")),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Tagging(Map.of(), true));

    assertThat(catchThrowable(() -> sets.create(order))).isSameAs(unavailable);
  }

  @Test
  void saysNothingOfWhatWasDeletedAndStaysItself() {
    Ec2SnapshotsAdapter snapshots = new Ec2SnapshotsAdapter(new Unavailable());

    assertThat(catchThrowable(() -> snapshots.delete(new SnapshotId("snap-0abc0000000000001"))))
        .isSameAs(unavailable);
  }

  private final class Unavailable implements Ec2Client {
    @Override
    public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
      throw unavailable;
    }

    @Override
    public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
      throw unavailable;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
