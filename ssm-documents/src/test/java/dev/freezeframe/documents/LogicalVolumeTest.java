package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A file system on what LVM makes of a logical volume, and cryptsetup of a LUKS device: a target of
 * the device mapper.
 */
class LogicalVolumeTest {

  private final String name = "freezeframe--test-" + ProcessHandle.current().pid();
  private final String execution = Guest.newExecution();
  private Volume volume;

  @BeforeEach
  void map() {
    Assumptions.assumeTrue(
        Shell.has("dmsetup") && Shell.succeeds("dmsetup", "version"),
        "skipped: the kernel of this machine has no device mapper, or dmsetup is not installed");
    volume = Volume.onDisk("ext4");
    Shell.must("umount", volume.path());
    String sectors = Shell.must("blockdev", "--getsz", volume.device()).trim();
    Shell.must(
        "dmsetup", "create", name, "--table", "0 " + sectors + " linear " + volume.device() + " 0");
    Shell.must("mount", "/dev/mapper/" + name, volume.path());
  }

  @AfterEach
  void remove() {
    if (volume != null) {
      volume.thaw();
      Shell.run("umount", volume.path());
      Shell.run("dmsetup", "remove", name);
      volume.close();
    }
  }

  @Test
  void aFileSystemOnALogicalVolumeIsFrozenAndThawed() {
    try (Guest guest = new Guest(SsmDocument.FILESYSTEM).with("mountPoints", volume.path())) {
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      assertThat(volume.frozen()).isTrue();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertThat(volume.frozen()).isFalse();
    }
  }

  /** A group of its own, on the same loop device. */
  @Test
  void aGroupIsImportedBesideItsOriginalAsIsPrinted() {
    Assumptions.assumeTrue(Shell.has("vgimportclone"), "skipped: lvm2 is not installed");
    remove();
    volume = Volume.onDisk("ext4");
    Shell.must("umount", volume.path());
    Shell.must("vgcreate", "--yes", "--force", name, volume.device());
    try {
      Shell.must("lvcreate", "--yes", "--extents", "100%FREE", "--name", "data", name);
      Shell.must("mkfs.ext4", "-q", "/dev/" + name + "/data");
      Shell.must("mount", "/dev/" + name + "/data", volume.path());
      Shell.write(volume.mountPoint().resolve("log"), "one\n");
      try (Guest guest = new Guest(SsmDocument.FILESYSTEM).with("mountPoints", volume.path())) {
        assertThat(guest.pre(execution).exitCode()).isZero();
        Volume.Copy copy = volume.copy();
        assertThat(guest.post(execution).exitCode()).isZero();
        assertThat(
                new FollowedHints()
                    .on(Topic.LVM)
                    .on(Topic.EXT4)
                    .look(copy.disk(), "cat /mnt/restored/log"))
            .isEqualTo("one\n");
      }
    } finally {
      Shell.run("umount", volume.path());
      Shell.run("vgremove", "--force", name);
    }
  }

  @Test
  void itIsUnmountedAndMountedAgainByItsNameInDevMapper() {
    String before = volume.mountLine();
    assertThat(before).contains("/dev/mapper/" + name);
    try (Guest guest =
        new Guest(SsmDocument.UNMOUNT).with("mountPoints", volume.path()).with("units", "none")) {
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      assertThat(volume.mounted()).isFalse();
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertThat(volume.mountLine()).isEqualTo(before);
    }
  }
}
