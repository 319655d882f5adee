package dev.freezeframe.task.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.snapshot.Ownership;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.NoAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;

class FindSnapshotsTaskTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T03:00:00Z");

  private final Deque<List<Snapshot>> looks = new ArrayDeque<>();
  private final NoAws dependencies = new NoAws(new Looks());
  private BackupInput order;

  @Test
  void aSetOfWhichEc2ShowsOnlySomeSnapshotsIsLookedForAgain() throws IOException {
    looks.add(List.of());
    looks.add(List.of(snapshot(0)));
    looks.add(List.of(snapshot(0), snapshot(1)));

    assertThat(found().map(SnapshotSet::members).orElseThrow()).hasSize(2);
    assertThat(took()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aSetThatIsWholeIsFoundAtOnce() throws IOException {
    looks.add(List.of(snapshot(0), snapshot(1)));

    assertThat(found().map(SnapshotSet::members).orElseThrow()).hasSize(2);
    assertThat(took()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aSetThatLacksAVolumeToTheEndIsFoundAllTheSame() throws IOException {
    looks.add(List.of(snapshot(0)));
    looks.add(List.of(snapshot(0)));
    looks.add(List.of(snapshot(0)));

    assertThat(found().map(SnapshotSet::members).orElseThrow()).hasSize(1);
  }

  private Optional<SnapshotSet> found() throws IOException {
    FindSnapshotsTask task = new FindSnapshotsTask(dependencies);
    return task.handle(task.read(input())).set();
  }

  private Duration took() {
    return Duration.between(BEGUN, dependencies.clock().instant());
  }

  private static byte[] input() {
    return Inputs.all()
        .get("FindSnapshots")
        .toString()
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
        .startTime(BEGUN.minusSeconds(5))
        .description(Ownership.description(run, instance))
        .tags(Tag.builder().key(SnapshotTags.SET).value(order.attemptId().value()).build())
        .build();
  }

  /** Shows more at each look. */
  private final class Looks implements Ec2Client {
    @Override
    public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
      return DescribeSnapshotsResponse.builder().snapshots(looks.remove()).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
