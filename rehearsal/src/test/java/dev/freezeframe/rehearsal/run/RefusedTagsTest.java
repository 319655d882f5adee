package dev.freezeframe.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.ledger.run.OutcomeRow.Status;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.fleet.Fleets;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * Volumes with so many tags that their snapshots take no more after they are created, or not even
 * all of theirs.
 */
class RefusedTagsTest {

  private static Fleet withTags(int number) {
    Fleet fleet = Fleets.one(1, 1);
    List<Tag> tags =
        IntStream.range(0, number)
            .mapToObj(tag -> Tag.builder().key("tag-" + tag).value("some value").build())
            .toList();
    List<Volume> volumes =
        fleet.volumes().stream().map(volume -> volume.copy(copy -> copy.tags(tags))).toList();
    return new Fleet(fleet.instances(), volumes);
  }

  private static String reasonOfSuccess(Result result) {
    Invariants.areKept(result);
    InstanceReport report = result.reports().get(0);
    assertThat(report.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(report.consistency()).contains("APPLICATION");
    assertThat(report.reason()).startsWith("held by its scripts from ");
    return report.reason();
  }

  @Test
  void aVerdictThatTheTagsCannotTakeIsInTheLedgerWhichSaysThatTheyLackIt() {
    Result result = Scene.of(withTags(46)).play();

    assertThat(reasonOfSuccess(result))
        .contains("; the tags do not say so, EC2 refused them: TagLimitExceeded (");
    assertThat(result.snapshots())
        .extracting(SnapshotView::tags)
        .isNotEmpty()
        .allSatisfy(tags -> assertThat(tags).doesNotContainKey(SnapshotTags.CONSISTENCY));
  }

  @Test
  void volumesWithMoreTagsThanASnapshotTakesAreBackedUpWithoutThem() {
    Result result = Scene.of(withTags(47)).play();

    assertThat(reasonOfSuccess(result))
        .contains("; no tags of volumes are copied: with those of vol-")
        .endsWith(" a snapshot would have 51, and can have 50");
    assertThat(result.snapshots())
        .extracting(SnapshotView::tags)
        .isNotEmpty()
        .allSatisfy(
            tags ->
                assertThat(tags)
                    .containsEntry(SnapshotTags.CONSISTENCY, "APPLICATION")
                    .doesNotContainKey("tag-0"));
  }

  @Test
  void aVerdictThatTheyTakeIsNotCommentedOn() {
    Result result = Scene.of(withTags(40)).play();

    assertThat(result.reports().get(0).reason()).doesNotContain("the tags");
    assertThat(result.snapshots())
        .extracting(SnapshotView::tags)
        .isNotEmpty()
        .allSatisfy(
            tags -> assertThat(tags).containsEntry(SnapshotTags.CONSISTENCY, "APPLICATION"));
  }
}
