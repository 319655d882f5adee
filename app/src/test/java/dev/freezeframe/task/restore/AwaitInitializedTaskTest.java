package dev.freezeframe.task.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.memory.InMemoryLedger;
import dev.freezeframe.restore.RestoreRow.Stage;
import dev.freezeframe.task.NoAws;
import dev.freezeframe.task.restore.message.RestoreStep;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusResponse;
import software.amazon.awssdk.services.ec2.model.InitializationStatusDetails;
import software.amazon.awssdk.services.ec2.model.VolumeStatusItem;

/** How long a restore waits until EC2 says that every block of its volumes is read. */
class AwaitInitializedTaskTest {
  private final Loading ec2 = new Loading();
  private final InMemoryLedger ledger = new InMemoryLedger();
  private final NoAws aws = new NoAws(ec2, ledger);

  /** An EC2 that says how much of the volume is read. */
  private static final class Loading implements Ec2Client {
    private Optional<Long> progress = Optional.of(40L);

    @Override
    public DescribeVolumeStatusResponse describeVolumeStatus(DescribeVolumeStatusRequest request) {
      return DescribeVolumeStatusResponse.builder()
          .volumeStatuses(
              VolumeStatusItem.builder()
                  .volumeId(ClaimedRestore.VOLUME.value())
                  .initializationStatusDetails(
                      progress
                          .map(
                              known ->
                                  InitializationStatusDetails.builder().progress(known).build())
                          .orElse(null))
                  .build())
          .build();
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

  private RestoreStep look(Duration since) {
    RestoreStep before =
        new RestoreStep(
            "AwaitInitialized", false, 300, aws.clock().instant().minus(since), "not yet");
    return new AwaitInitializedTask(aws).handle(ClaimedRestore.input(Optional.of(before)));
  }

  private boolean initialized() {
    return ledger.restore(ClaimedRestore.ID).flatMap(row -> row.at(Stage.INITIALIZED)).isPresent();
  }

  @Test
  void itLooksAgainAsOftenAsEc2SaysAnythingNew() {
    RestoreStep step = look(Duration.ofHours(1));

    assertThat(step.done()).isFalse();
    assertThat(step.waitSeconds()).isEqualTo(300);
    assertThat(initialized()).isFalse();
  }

  @Test
  void itIsDoneWhenAllIsRead() {
    ec2.progress = Optional.of(100L);

    assertThat(look(Duration.ofHours(1)).done()).isTrue();
    assertThat(initialized()).isTrue();
  }

  @Test
  void whereEc2SaysNothingItDoesNotKnow() {
    ec2.progress = Optional.empty();

    assertThat(look(Duration.ofHours(1)).done()).isFalse();
    assertThat(initialized()).isFalse();
  }

  @Test
  void afterADayItGivesUpAndTheRestoreIsCompleteAllTheSame() {
    RestoreStep step = look(Duration.ofHours(25));

    assertThat(step.done()).isTrue();
    assertThat(step.words()).isEqualTo("1 volumes are not known to be initialized");
    assertThat(initialized()).isFalse();
  }
}
