package dev.freezeframe.rehearsal.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

    call(3);

    assertThat(service.calls).isEqualTo(3);
    assertThat(Duration.between(Stage.START, stage.time.instant()))
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(3));
  }

  @Test
  void anAnswerOf500IsTriedAgain() {
    service.failures = 1;
    service.failure = Ec2Refusal.failed();

    call(3);

    assertThat(service.calls).isEqualTo(2);
  }

  @Test
  void theLastFailureIsTheCallers() {
    service.failures = 3;
    service.failure = Ec2Refusal.throttled();

    assertThatThrownBy(() -> call(3)).isSameAs(service.failure);
    assertThat(service.calls).isEqualTo(3);
  }

  @Test
  void aRefusalIsNotTriedAgain() {
    service.failures = 1;
    service.failure = Ec2Refusal.of("InvalidSnapshot.NotFound", "gone");

    assertThatThrownBy(() -> call(3)).isSameAs(service.failure);
    assertThat(service.calls).isEqualTo(1);
  }

  @Test
  void oneAttemptMeansNoOther() {
    service.failures = 1;
    service.failure = Ec2Refusal.throttled();

    assertThatThrownBy(() -> call(1)).isSameAs(service.failure);
    assertThat(service.calls).isEqualTo(1);
  }

  private void call(int maxAttempts) {
    SdkRetries retries = new SdkRetries(stage.time, stage.seed, "client", maxAttempts);
    stage.call(() -> retries.around(service::answer));
  }

  private static final class Failing {
    private int failures;
    private int calls;
    private Ec2Exception failure;

    String answer() {
      calls++;
      if (calls <= failures) {
        throw failure;
      }
      return "done";
    }
  }
}
