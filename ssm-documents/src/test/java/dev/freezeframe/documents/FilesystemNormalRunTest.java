package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesystemNormalRunTest {

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aCopyTakenInTheFreezeIsCleanAndHoldsEveryWriteAcknowledgedBefore(String type) {
    try (Volume volume = new Volume(type);
        Guest guest = new Guest(SsmDocument.FILESYSTEM).with("mountPoints", volume.path());
        Writer writer = new Writer(volume.mountPoint().resolve("log"))) {
      String execution = Guest.newExecution();

      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      StampShape.assertGolden(SsmDocument.FILESYSTEM, "pre-script", pre);
      Volume.Copy copy = volume.copy();
      assertThat(volume.frozen()).isTrue();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      StampShape.assertGolden(SsmDocument.FILESYSTEM, "post-script", post);
      writer.acknowledged().awaitNext();

      Stamp frozen = pre.stamp("frozen");
      Stamp thawing = post.stamp("thawing");
      assertThat(writer.acknowledged().between(frozen.at().plusMillis(1), thawing.at())).isZero();
      assertThat(writer.errors()).isEmpty();
      assertThat(volume.frozen()).isFalse();
      assertThat(Guest.leftovers()).isEmpty();

      List<Integer> promised = writer.acknowledged().before(frozen.at());
      assertThat(promised).isNotEmpty();
      boolean xfs = type.equals("xfs");
      if (!xfs) {
        Answer check = copy.checkUnmounted();
        assertThat(check.exitCode()).as(check.output()).isZero();
      }
      String log =
          copy.followed()
              .afterwardsOn(xfs ? Topic.XFS_KEPT : Topic.EXT4_KEPT)
              .look(copy.disk(), "cat /mnt/restored/log");
      assertThat(log.lines()).containsAll(promised.stream().map(String::valueOf).toList());
      assertThat(uuid(copy.disk())).isNotEqualTo(uuid(volume.image().toString()));
      Figures.note("filesystem " + type, "normal run", writer.acknowledged());
      assertThat(writer.acknowledged().longestStall()).isLessThan(Duration.ofSeconds(8));
    }
  }

  private static String uuid(String disk) {
    return Shell.must("blkid", "--match-tag", "UUID", "--output", "value", disk);
  }
}
