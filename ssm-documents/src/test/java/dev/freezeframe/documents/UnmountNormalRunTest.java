package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A run as it should be, for every kind of file system. */
@ParameterizedClass
@ValueSource(strings = {"ext4", "xfs"})
class UnmountNormalRunTest extends UnmountTrial {

  @Parameter String type;

  @Override
  String type() {
    return type;
  }

  @Test
  void aCopyBetweenIsCleanWithoutReplayAndHasEveryWriteThatWasAcknowledged() {
    Answer pre = pre();
    StampShape.assertGolden(SsmDocument.UNMOUNT, "pre-script", pre);
    assertThat(systemctl.calls()).containsExactly("stop -- " + FRONT, "stop -- " + UNIT);
    Volume.Copy copy = volume.copy();
    assertThat(copy.needsNoReplay()).isTrue();
    Answer check = copy.checkUnmounted();
    assertThat(check.exitCode()).as(check.output()).isZero();
    copy.mounted(restored -> writer.assertHasAll(restored.resolve("log")));

    Answer post = guest.with("fsck", "true").post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    StampShape.assertGolden(SsmDocument.UNMOUNT, "post-script", post);
    assertThat(post.stamp("checked").values()).containsEntry("result", "clean");
    assertThat(systemctl.calls().subList(2, 4))
        .containsExactly("start -- " + UNIT, "start -- " + FRONT);
    assertAllIsBack();
  }
}
