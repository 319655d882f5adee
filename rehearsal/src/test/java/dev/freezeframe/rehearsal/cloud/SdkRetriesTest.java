package dev.freezeframe.rehearsal.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.rehearsal.ec2.Ec2Refusal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class SdkRetriesTest {
  private final Stage stage = new Stage();
  private final Failing service = new Failing();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aThrottleIsTriedAgainAfterAWhile() {
    service.failures = 2;
    service.failure = Ec2Refusal.throttled();

    delete(3);

    assertThat(service.calls).isEqualTo(3);
    assertThat(Duration.between(Stage.START, stage.time.instant()))
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(3));
  }

  @Test
  void anAnswerOf500IsTriedAgain() {
    service.failures = 1;
    service.failure = Ec2Refusal.failed();

    delete(3);

    assertThat(service.calls).isEqualTo(2);
  }

  @Test
  void theLastFailureIsTheCallers() {
    service.failures = 3;
    service.failure = Ec2Refusal.throttled();

    assertThatThrownBy(() -> delete(3)).isSameAs(service.failure);
    assertThat(service.calls).isEqualTo(3);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    service.failures = 1;
    service.failure = Ec2Refusal.of("InvalidSnapshot.NotFound", "gone");

    assertThatThrownBy(() -> delete(3)).isSameAs(service.failure);
    assertThat(service.calls).isEqualTo(1);
  }

  @Test
  void oneAttemptMeansNoOther() {
    service.failures = 1;
    service.failure = Ec2Refusal.throttled();

    assertThatThrownBy(() -> delete(1)).isSameAs(service.failure);
    assertThat(service.calls).isEqualTo(1);
  }

  private void delete(int maxAttempts) {
    Ec2Client client =
        SdkRetries.around(Ec2Client.class, service, stage.time, stage.seed, maxAttempts);
    stage.call(() -> client.deleteSnapshot(r -> r.snapshotId("snap-0123456789abcdef0")));
  }

  /** Must be public: the client calls it by reflection, as it does the embedded services. */
  public static final class Failing implements Ec2Client {
    private int failures;
    private int calls;
    private Ec2Exception failure;

    @Override
    public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
      calls++;
      if (calls <= failures) {
        throw failure;
      }
      return DeleteSnapshotResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
