package dev.freezeframe.task.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.snapshot.Ownership;
import dev.freezeframe.snapshot.SetNotVisibleException;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.NoAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

class FindSnapshotsTaskTest {
  private static final Instant ENTERED = Instant.parse("2026-11-22T03:00:00Z");

  private List<Snapshot> shown = List.of();
  private int looks;
  private final NoAws dependencies = new NoAws(new Ec2());
  private BackupInput order;

  private void wait(Duration duration) {
    dependencies.pause().pause(duration);
  }

  @Test
  void aSetThatIsWholeIsFoundAtOnce() throws IOException {
    shown = List.of(snapshot(0), snapshot(1));

    assertThat(found().map(SnapshotSet::members).orElseThrow()).hasSize(2);
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void aSetOfWhichEc2ShowsNothingYetIsLeftToTheRetryOfTheStateMachine() {
    assertThatThrownBy(this::found)
        .isInstanceOf(SetNotVisibleException.class)
        .hasMessage(
            "EC2 shows 0 snapshots of attempt 1 of i-0123456789abcdef0, expected one of each volume"
                + " by 2026-11-22T03:00:20Z");
    assertThat(looks).as("it does not look again by itself").isEqualTo(1);
  }

  @Test
  void soIsOneOfWhichEc2ShowsOnlySomeSnapshots() throws IOException {
    shown = List.of(snapshot(0));
    wait(FindSnapshotsTask.VISIBLE.minusMillis(1));

    assertThatThrownBy(this::found)
        .isInstanceOf(SetNotVisibleException.class)
        .hasMessageStartingWith("EC2 shows 1 snapshots");
  }

  @Test
  void aSetThatLacksAVolumeToTheEndIsFoundAllTheSame() throws IOException {
    shown = List.of(snapshot(0));
    wait(FindSnapshotsTask.VISIBLE);

    assertThat(found().map(SnapshotSet::members).orElseThrow()).hasSize(1);
  }

  @Test
  void whatIsNotVisibleByThenWasNotTaken() throws IOException {
    wait(FindSnapshotsTask.VISIBLE);

    assertThat(found()).isEmpty();
  }

  private Optional<SnapshotSet> found() throws IOException {
    FindSnapshotsTask task = new FindSnapshotsTask(dependencies);
    return task.handle(task.read(input())).set();
  }

  private static byte[] input() {
    return Inputs.all()
        .get("FindSnapshots")
        .toString()
        .replace("2026-11-22T02:59:50Z", ENTERED.toString())
        .replace("[\"vol-0123456789abcdef0\"]", "[\"%s\",\"%s\"]".formatted(volume(0), volume(1)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String volume(int number) {
    return "vol-0123456789abcdef" + number;
  }

  private Snapshot snapshot(int number) throws IOException {
    if (order == null) {
      order = new FindSnapshotsTask(dependencies).read(input());
    }
    RunId run = order.work().runId();
    InstanceId instance = order.instanceId();
    return Snapshot.builder()
        .snapshotId("snap-0123456789abcdef" + number)
        .volumeId(volume(number))
        .startTime(ENTERED.minusSeconds(5))
        .description(Ownership.description(run, instance))
        .tags(Tag.builder().key(SnapshotTags.SET).value(order.attemptId().value()).build())
        .build();
  }

  private final class Ec2 implements Ec2Client {
    @Override
    public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
      looks++;
      return DescribeSnapshotsResponse.builder().snapshots(shown).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
