package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.rehearsal.cloud.Stage;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotBehavior;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.Ec2SnapshotsAdapter;
import dev.freezeframe.snapshot.Ec2SnapshotsContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The contract of the snapshots in EC2, against the EC2 of rehearsals. */
class Ec2SnapshotsAdapterTest extends Ec2SnapshotsContract {
  /** A volume takes one snapshot every 15 s, so each snapshot is of another. */
  private static final int INSTANCES = 12;

  private final Stage stage = new Stage();
  private final EmbeddedEc2 ec2 =
      new EmbeddedEc2(
          stage.time,
          stage.seed,
          stage.api,
          Ec2Settings.DEFAULTS,
          Fleets.of(INSTANCES, 0),
          instance -> SnapshotBehavior.GOOD,
          stage.events::add);
  private int made;

  @AfterEach
  void close() {
    stage.close();
  }

  private SnapshotId make(Map<String, String> tags) {
    String instance = Fleets.instanceId(++made);
    List<Tag> given =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    String id =
        stage
            .call(
                () ->
                    ec2.createSnapshots(
                        request -> {
                          request.instanceSpecification(any -> any.instanceId(instance));
                          if (!given.isEmpty()) {
                            request.tagSpecifications(
                                TagSpecification.builder()
                                    .resourceType(ResourceType.SNAPSHOT)
                                    .tags(given)
                                    .build());
                          }
                        }))
            .snapshots()
            .get(0)
            .snapshotId();
    stage.pass(Duration.ofSeconds(5));
    return new SnapshotId(id);
  }

  @Override
  protected SnapshotId completed(Map<String, String> tags) {
    SnapshotId snapshot = make(tags);
    stage.pass(Duration.ofMinutes(10));
    return snapshot;
  }

  @Override
  protected SnapshotId pending() {
    return make(Map.of());
  }

  @Override
  protected void lock(SnapshotId snapshot) {
    ec2.lock(snapshot.value());
  }

  @Override
  protected void useForImage(SnapshotId snapshot, String image) {
    ec2.useForImage(snapshot.value(), image);
  }

  @Override
  protected void disable(String image) {
    ec2.disableImage(image);
  }

  @Override
  protected void share(SnapshotId snapshot, String account) {
    ec2.share(snapshot.value(), account);
  }

  @Override
  protected void deleteByHand(SnapshotId snapshot) {
    ec2.deleteByHand(snapshot.value());
  }

  @Override
  protected <T> T ask(Function<Ec2Snapshots, T> question) {
    return stage.call(() -> question.apply(new Ec2SnapshotsAdapter(ec2.client(3))));
  }
}
