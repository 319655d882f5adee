package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A file system on what LVM makes of a logical volume: a linear target of the device mapper. */
class LogicalVolumeTest {

  @Test
  void aFileSystemOnALogicalVolumeIsFrozenAndThawed() {
    Assumptions.assumeTrue(
        Shell.has("dmsetup") && Shell.succeeds("dmsetup", "version"),
        "skipped: the kernel of this machine has no device mapper, or dmsetup is not installed");
    try (Volume volume = new Volume("ext4");
        Guest guest = new Guest(SsmDocument.FILESYSTEM).with("mountPoints", volume.path())) {
      Shell.must("umount", volume.path());
      String loop = Shell.must("losetup", "--find", "--show", volume.image().toString()).trim();
      String sectors = Shell.must("blockdev", "--getsz", loop).trim();
      String name = "freezeframe--test-" + ProcessHandle.current().pid();
      Shell.must("dmsetup", "create", name, "--table", "0 " + sectors + " linear " + loop + " 0");
      try {
        Shell.must("mount", "/dev/mapper/" + name, volume.path());
        String execution = Guest.newExecution();
        Answer pre = guest.pre(execution);
        assertThat(pre.exitCode()).as(pre.output()).isZero();
        assertThat(volume.frozen()).isTrue();
        Answer post = guest.post(execution);
        assertThat(post.exitCode()).as(post.output()).isZero();
        assertThat(volume.frozen()).isFalse();
      } finally {
        volume.thaw();
        Shell.run("umount", volume.path());
        Shell.run("dmsetup", "remove", name);
        Shell.run("losetup", "--detach", loop);
      }
    }
  }
}
