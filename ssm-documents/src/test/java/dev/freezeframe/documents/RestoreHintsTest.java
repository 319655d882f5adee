package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is printed for a restore keeps a copy from writing into its original. That it starts real
 * servers from copies of frozen volumes is in the tests of the documents.
 */
class RestoreHintsTest {

  private static final String STARTED = "a second server was started";

  @TempDir private Path programs;

  @Test
  void aServerIsNotStartedWhereALinkLeadsToAnotherTablespace() {
    standIn("pg_ctl", "echo " + STARTED);
    assertNotStarted(
        Topic.POSTGRESQL,
        "mkdir -p pg/global pg/pg_tblspc; echo 99 >pg/PG_VERSION; : >pg/global/pg_control;"
            + " ln -s /srv/fast pg/pg_tblspc/16384",
        "pg_tblspc/16384 leads to /srv/fast");
  }

  @Test
  void aServerIsNotStartedWhereItsWriteAheadLogIsElsewhere() {
    standIn("pg_ctl", "echo " + STARTED);
    assertNotStarted(
        Topic.POSTGRESQL,
        "mkdir -p pg/global; echo 99 >pg/PG_VERSION; : >pg/global/pg_control; ln -s /srv/wal pg/pg_wal",
        "pg_wal leads to /srv/wal");
  }

  @Test
  void aServerIsNotStartedWhereATableIsElsewhere() {
    standIn("mariadbd", "echo " + STARTED);
    standIn("mariadb", "exit 1");
    assertNotStarted(
        Topic.MYSQL,
        "mkdir -p my/shop; : >my/ibdata1; echo /srv/fast/shop/orders.ibd >my/shop/orders.isl",
        "shop/orders.isl leads elsewhere");
  }

  /** btrfs is not frozen: what a copy has is what was on the disk, as after a power failure. */
  @Test
  void aCopyOfBtrfsIsLookedAtWhereItsOriginalIsNot() throws IOException {
    Assumptions.assumeTrue(
        Shell.has("mkfs.btrfs") && Files.readString(Path.of("/proc/filesystems")).contains("btrfs"),
        "skipped: the kernel of this machine has no btrfs, or btrfs-progs is not installed");
    Path copied = programs.resolve("copied");
    FollowedHints hints;
    try (Volume volume = new Volume("btrfs")) {
      Shell.write(volume.mountPoint().resolve("log"), "one\n");
      Shell.must("sync", "--file-system", volume.path());
      Volume.Copy copy = volume.copy();
      Shell.must("cp", "--sparse=always", copy.disk(), copied.toString());
      hints = copy.followed();
    }

    assertThat(hints.look(copied.toString(), "cat /mnt/restored/log")).isEqualTo("one\n");
  }

  private void standIn(String program, String line) {
    Path file = programs.resolve(program);
    Shell.write(file, "#!/bin/sh\n" + line + "\n");
    Shell.must("chmod", "+x", file.toString());
  }

  private void assertNotStarted(Topic topic, String prepare, String said) {
    try (Volume volume = new Volume("ext4")) {
      Shell.must("sh", "-ec", "cd \"$0\"; " + prepare, volume.path());
      Shell.must("sync", "--file-system", volume.path());
      Volume.Copy copy = volume.copy();
      FollowedHints hints = copy.followed().on(topic).withPrograms(programs.toString());
      assertThatThrownBy(() -> hints.look(copy.disk(), "true"))
          .hasMessageContaining(said)
          .message()
          .doesNotContain(STARTED);
    }
  }
}
