package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code mountPoints=auto} makes of guests whose mounts are less simple. */
class MountSelectionTest {

  private Volume volume;
  private Namespace namespace;
  private Guest guest;

  @BeforeEach
  void mount() {
    volume = new Volume("ext4");
    namespace = new Namespace("8m");
    namespace.must("mount", "-t", "tmpfs", "tmpfs", "/mnt");
    namespace.keepOnly(volume.path());
    guest = new Guest(SsmDocument.FILESYSTEM).in(namespace).with("autoThawSeconds", "30");
  }

  @AfterEach
  void unmount() {
    if (guest != null) {
      guest.close();
    }
    if (namespace != null) {
      namespace.close();
    }
    if (volume != null) {
      volume.close();
    }
  }

  private void assertFreezes(int mounts) {
    String execution = Guest.newExecution();
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(pre.stamp("frozen").values()).containsEntry("mounts", Integer.toString(mounts));
    assertThat(volume.frozen()).isTrue();
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    assertThat(post.stamp("thawed").values()).containsEntry("mounts", Integer.toString(mounts));
    assertThat(volume.frozen()).isFalse();
  }

  @Test
  void whatIsBoundElsewhereAsWellIsFrozenOnce() {
    namespace.must("mkdir", volume.path() + "/folder", "/mnt/bound", "/mnt/read-only");
    namespace.must("mount", "--bind", volume.path() + "/folder", "/mnt/bound");
    namespace.must("mount", "--bind", "-o", "ro", volume.path(), "/mnt/read-only");
    assertFreezes(1);
  }

  @Test
  void aFileThatIsBoundElsewhereIsNoMountPointToFreeze() {
    namespace.must("touch", volume.path() + "/file", "/mnt/file");
    namespace.must("mount", "--bind", volume.path() + "/file", "/mnt/file");
    assertFreezes(1);
    Answer named = guest.with("mountPoints", "/mnt/file").dryRun();
    assertThat(named.exitCode()).isEqualTo(206);
    assertThat(named.causes()).contains("/mnt/file is no directory");
  }

  @Test
  void aFileSystemInAFileOfAnotherIsFrozenBeforeIt() {
    String image = volume.path() + "/image";
    namespace.must("truncate", "-s", "16M", image);
    namespace.must("mkfs.ext4", "-q", image);
    namespace.must("mkdir", "/mnt/inner");
    namespace.must("mount", "-o", "loop", image, "/mnt/inner");
    assertFreezes(2);
    namespace.must("umount", "/mnt/inner");
  }

  @Test
  void anOverlayOnADataVolumeIsHeldWithIt() {
    namespace.must(
        "mkdir", volume.path() + "/upper", volume.path() + "/work", "/mnt/lower", "/mnt/merged");
    namespace.must(
        "sh",
        "-c",
        "cd \"$1\" && mount -t overlay overlay"
            + " -o lowerdir=/mnt/lower,upperdir=upper,workdir=work /mnt/merged",
        "sh",
        volume.path());
    assertFreezes(1);
    namespace.must("touch", "/mnt/merged/written");
  }

  @Test
  void aMountPointThatAnotherMountHidesIsRefused() {
    namespace.must("mount", "-t", "tmpfs", "tmpfs", volume.mountPoint().getParent().toString());
    Answer auto = guest.dryRun();
    assertThat(auto.exitCode()).isEqualTo(206);
    assertThat(auto.causes()).contains("there is no file system to freeze");
    Answer named = guest.with("mountPoints", volume.path()).dryRun();
    assertThat(named.exitCode()).isEqualTo(206);
    assertThat(named.causes()).contains("hidden by a later mount");
  }

  @Test
  void theLogsOfTheMachineStayWritable() {
    for (String log : List.of("/var/log", "/var/log/audit")) {
      namespace.must("mount", "-t", "tmpfs", "tmpfs", "/var/log");
      namespace.must("mkdir", "-p", log);
      namespace.must("mount", volume.device(), log);
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains(" holds " + log + ", which must stay writable");
      namespace.must("umount", log);
      namespace.run("umount", "/var/log");
    }
  }

  @Test
  void aFileThatTheMemorySwapsToStaysWritable() {
    namespace.must(
        "sh",
        "-c",
        "touch \"$1/swap file\" && { echo Filename Type Size Used Priority;"
            + " echo \"$1/swap file file 1024 0 -2\" | sed 's/ \\(volume\\|file \\)/\\\\040\\1/g'; }"
            + " >/mnt/swaps && mount --bind /mnt/swaps /proc/swaps",
        "sh",
        volume.path());
    Answer answer = guest.dryRun();
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.causes()).contains("swap file, which must stay writable");
  }
}
