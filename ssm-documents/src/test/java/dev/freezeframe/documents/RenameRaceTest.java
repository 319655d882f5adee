package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Anyone who owns a directory above a mount point can exchange it for another at any instant. What
 * is frozen is what was checked, all the same: never the file system below.
 */
class RenameRaceTest {

  private static final int CHECKS = 2_000;

  /** renameat2 with RENAME_EXCHANGE, by a user without any rights, for as long as it lives. */
  private static final String FLIP =
      """
      my ($one, $other) = @ARGV;
      $> = $) = 65534; $< = $( = 65534;
      while (1) { syscall(316, -100, $one, -100, $other, 2) == 0 or die "exchange: $!"; }
      """;

  /** Checks and freezes as the pre-script does, but by the thousand; says which was frozen. */
  private static final String LOOP =
      """
      races() {
        local i refused=0 right=0 wrong=0
        exec 150<"$OUTER" 151<"$INNER"
        device_of /proc/self/fd/151
        local device=$DEVICE
        read_mounts
        for ((i = 0; i < %d; i++)); do
          if ! open_at 20 "$MOUNT_POINTS" "$device"; then refused=$((refused + 1)); continue; fi
          PLAN_DEVICES=("$device") PLAN_MOUNTS=("$MOUNT_POINTS") OPENED=(yes)
          fsfreeze --freeze /proc/self/fd/20
          ! fsfreeze --unfreeze /proc/self/fd/150 2>/dev/null || wrong=$((wrong + 1))
          ! fsfreeze --unfreeze /proc/self/fd/151 2>/dev/null || right=$((right + 1))
        done
        echo "refused=$refused right=$right wrong=$wrong"
      }
      races
      """
          .formatted(CHECKS);

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void neitherAThousandChecksNorWholeRunsFreezeTheFileSystemBelow(String type) throws IOException {
    Machine.needs(Shell.has("perl"), "perl is not installed");
    try (Volume outer = new Volume(type);
        Volume inner = new Volume(type);
        Guest guest = new Guest(SsmDocument.FILESYSTEM).with("autoThawSeconds", "20")) {
      Path home = home(outer, inner);
      String named = home.resolve("app/data").toString();
      guest.with("mountPoints", named);
      Process flips = flips(guest, home.resolve("app"), home.resolve("decoy"));
      try {
        for (int run = 0; run < 12; run++) {
          String execution = Guest.newExecution();
          Answer pre = guest.pre(execution);
          assertThat(outer.frozen()).as(pre.output()).isFalse();
          assertThat(pre.exitCode()).as(pre.output()).isIn(0, 206);
          assertThat(inner.frozen()).as(pre.output()).isEqualTo(pre.exitCode() == 0);
          Answer post = guest.post(execution);
          assertThat(post.exitCode()).as(post.output()).isEqualTo(pre.exitCode() == 0 ? 0 : 205);
          assertThat(outer.frozen() || inner.frozen()).isFalse();
        }
        Answer races =
            guest
                .environment("OUTER", outer.path())
                .environment("INNER", inner.path())
                .edited(Map.of("main \"$@\"", LOOP))
                .dryRun();
        assertThat(races.output()).as(Files.readString(guest.newFile("flips"))).contains("wrong=0");
        assertThat(races.output()).doesNotContain("right=0 ").doesNotContain("refused=0 ");
        assertThat(flips.isAlive()).isTrue();
      } finally {
        flips.destroyForcibly();
        Shell.run("umount", "--lazy", named);
        Shell.run("umount", "--lazy", home.resolve("decoy/data").toString());
      }
    }
  }

  /** Starts to exchange the two, as a user without any rights; it complains in {@code flips}. */
  static Process flips(Guest guest, Path one, Path other) throws IOException {
    return Shell.start(
        List.of("perl", "-e", FLIP, one.toString(), other.toString()),
        Map.of(),
        guest.newFile("flips"));
  }

  /** A user's home on the outer volume, with the inner one mounted below it, and a decoy. */
  private static Path home(Volume outer, Volume inner) {
    Path home = outer.mountPoint().resolve("home");
    Shell.must("mkdir", "-p", home + "/app/data", home + "/decoy/data");
    Shell.must("chown", "-R", "65534:65534", home.toString());
    Shell.must("chmod", "755", outer.mountPoint().getParent().toString(), outer.path());
    Shell.must("mount", "--bind", inner.path(), home.resolve("app/data").toString());
    return home;
  }
}
