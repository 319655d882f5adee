package dev.freezeframe.task.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.stop.StartFailedException;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** A start that EC2 refuses, or takes and lets come to nothing: whether it is tried again. */
class StartTargetTaskTest {
  private final Stopped ec2 = new Stopped();
  private final InMemoryLedger ledger = new InMemoryLedger();
  private final NoAws aws = new NoAws(ec2, ledger);

  /** An EC2 whose instance is stopped. */
  private static final class Stopped implements Ec2Client {
    private Optional<Ec2Exception> refuses = Optional.empty();
    private Optional<StateReason> why = Optional.empty();
    private int starts;

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
      Instance instance =
          Instance.builder()
              .instanceId(ClaimedRestore.SERVER.value())
              .state(state -> state.name("stopped"))
              .stateReason(why.orElse(null))
              .build();
      return DescribeInstancesResponse.builder()
          .reservations(Reservation.builder().instances(instance).build())
          .build();
    }

    @Override
    public StartInstancesResponse startInstances(StartInstancesRequest request) {
      starts++;
      if (refuses.isPresent()) {
        throw refuses.get();
      }
      return StartInstancesResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "ec2";
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void claim() {
    ClaimedRestore.claim(ledger, aws.clock().instant());
  }

  private RestoreStep start(Optional<RestoreStep> before) {
    return new StartTargetTask(aws).handle(ClaimedRestore.input(before));
  }

  private void refuses(int status, String code, String message) {
    ec2.refuses =
        Optional.of(
            (Ec2Exception)
                Ec2Exception.builder()
                    .statusCode(status)
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
                    .build());
  }

  @Test
  void aRefusalForWantOfCapacityIsTriedAgain() {
    refuses(500, "InsufficientInstanceCapacity", "not now");

    assertThatThrownBy(() -> start(Optional.empty()))
        .isInstanceOfSatisfying(
            StartFailedException.class,
            refused -> assertThat(refused.code()).isEqualTo("InsufficientInstanceCapacity"));
  }

  @ParameterizedTest
  @CsvSource({
    "UnauthorizedOperation, Insufficient permissions to use the key",
    "InsufficientFreeAddressesInSubnet, the subnet is full",
    "InvalidParameterValue, InsufficientInstanceCapacity of type m5.large"
  })
  void anyOtherRefusalEndsTheRestoreWhateverItSays(String code, String message) {
    refuses(400, code, message);

    assertThatThrownBy(() -> start(Optional.empty()))
        .isInstanceOf(RestoreFailedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aStartThatCameToNothingForWantOfCapacityIsOrderedAgain() {
    ec2.why = why("Server.InsufficientInstanceCapacity", "no room");

    assertThatThrownBy(() -> start(ordered())).isInstanceOf(StartFailedException.class);
    assertThat(ec2.starts).isEqualTo(1);
  }

  @Test
  void aStartThatCameToNothingForAKeyEndsTheRestore() {
    ec2.why = why("Client.InternalError", "Insufficient access to a key");

    assertThatThrownBy(() -> start(ordered()))
        .isInstanceOf(RestoreFailedException.class)
        .hasMessageContaining("is stopped again: Insufficient access to a key");
    assertThat(ec2.starts).isZero();
  }

  private static Optional<StateReason> why(String code, String message) {
    return Optional.of(StateReason.builder().code(code).message(message).build());
  }

  /** EC2 took a start two minutes ago. */
  private Optional<RestoreStep> ordered() {
    return Optional.of(
        new RestoreStep(
            "StartTarget",
            false,
            10,
            aws.clock().instant().minus(Duration.ofMinutes(2)),
            "it is stopped"));
  }
}
