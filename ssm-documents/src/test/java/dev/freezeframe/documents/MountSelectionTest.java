package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mountPoints=auto} makes of guests whose mounts are less simple. */
@ParameterizedClass
@ValueSource(strings = {"ext4", "xfs"})
class MountSelectionTest {

  @Parameter String type;

  private Volume volume;
  private Namespace namespace;
  private Guest guest;

  @BeforeEach
  void mount() {
    volume = new Volume(type, "700M");
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

  private void makeFileSystem(String image) {
    namespace.must("truncate", "-s", "300M", image);
    namespace.must("mkfs." + type, "-q", image);
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
    makeFileSystem(image);
    namespace.must("mkdir", "/mnt/inner");
    namespace.must("mount", "-o", "loop", image, "/mnt/inner");
    assertFreezes(2);
    namespace.must("umount", "/mnt/inner");
  }

  /** Its server is a process like others: with its own files frozen it would never answer. */
  @Test
  void whatStandsOnAFuseIsRefused() throws IOException {
    Machine.needs(Files.exists(Path.of("/dev/fuse")), "the machine has no FUSE");
    String image = volume.path() + "/image";
    makeFileSystem(image);
    namespace.must("mkdir", "/mnt/fuse", "/mnt/inner");
    String script =
        "exec 3<>/dev/fuse && mount -i -t fuse.disk -o fd=3,rootmode=40000,user_id=0,group_id=0"
            + " fuse /mnt/fuse && exec \"$@\" <&3 >&3";
    List<String> line = new ArrayList<>(namespace.enter());
    line.addAll(List.of("bash", "-c", script, "bash"));
    line.addAll(FuseServer.command(image));
    Process server = new ProcessBuilder(line).redirectError(guest.newFile("fuse").toFile()).start();
    try {
      Shell.await(
          "it serves", () -> namespace.run("test", "-f", "/mnt/fuse/image").exitCode() == 0);
      namespace.must("mount", "-o", "loop", "/mnt/fuse/image", "/mnt/inner");
      namespace.must("cp", "/bin/sh", "/mnt/inner/written");
      namespace.must("cmp", "/bin/sh", "/mnt/inner/written");
      for (String command : List.of("dry-run", "pre-script")) {
        Answer answer = guest.run(command, Guest.newExecution());
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes())
            .contains("/mnt/inner cannot be put in order")
            .contains("what a file of fuse.disk stands on is not known");
      }
      assertThat(volume.frozen()).isFalse();
    } finally {
      namespace.run("umount", "/mnt/inner");
      namespace.run("umount", "/mnt/fuse");
      server.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlay", "unknown"})
  void whatStandsOnSomethingUnknownIsRefused(String kind) {
    String image = "/mnt/merged/image";
    namespace.must("mkdir", "/mnt/lower", "/mnt/upper", "/mnt/work", "/mnt/merged", "/mnt/inner");
    namespace.must(
        "mount",
        "-t",
        "overlay",
        "overlay",
        "-o",
        "lowerdir=/mnt/lower,upperdir=/mnt/upper,workdir=/mnt/work",
        "/mnt/merged");
    if (kind.equals("unknown")) {
      image = volume.path() + "/image";
      guest.standIn("losetup", "exit 1");
    }
    makeFileSystem(image);
    namespace.must("mount", "-o", "loop", image, "/mnt/inner");
    Answer answer = guest.dryRun();
    namespace.must("umount", "/mnt/inner");
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.causes())
        .contains("/mnt/inner cannot be put in order", "stands on is not known");
  }

  /** A user's file system, as fusermount makes it, which never answers, hides the mount point. */
  @Test
  void aFuseThatNeverAnswersHidesNoFileSystemInSilence() throws IOException {
    Machine.needs(Files.exists(Path.of("/dev/fuse")), "the machine has no FUSE");
    String script =
        "exec 3<>/dev/fuse && mount -i -t fuse.ext4 -o"
            + " fd=3,rootmode=40000,user_id=65534,group_id=65534 fuse \"$1\" && exec sleep 60";
    List<String> line = new ArrayList<>(namespace.enter());
    line.addAll(List.of("bash", "-c", script, "bash", volume.path()));
    Process fuse = Shell.start(line, Map.of(), guest.newFile("fuse"));
    try {
      Shell.await(
          "it is mounted",
          () -> namespace.must("cat", "/proc/self/mounts").contains(" fuse.ext4 "));
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains(volume.path() + " is no directory, or hidden");
    } finally {
      fuse.destroyForcibly();
    }
  }

  /** As one is listed that somebody sets up or detaches at this instant. */
  @Test
  void aLoopDeviceWithoutAFileIsPassedOver() {
    guest.standIn("losetup", "echo '7:200'; PATH=${PATH#*:}; exec losetup \"$@\"");
    assertFreezes(1);
  }

  @Test
  void whatHasALogInAFileOfItStaysWritable() {
    String image = volume.path() + "/image";
    makeFileSystem(image);
    namespace.must("mount", "-t", "tmpfs", "tmpfs", "/var/log");
    namespace.must("mount", "-o", "loop", image, "/var/log");
    Answer answer = guest.with("mountPoints", volume.path()).dryRun();
    namespace.must("umount", "/var/log");
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.causes()).contains("holds /var/log, which must stay writable");
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
    assertThat(auto.causes()).contains("no mount point shows its file system");
    Answer named = guest.with("mountPoints", volume.path()).dryRun();
    assertThat(named.exitCode()).isEqualTo(206);
    assertThat(named.causes()).contains("hidden by a later mount");
  }

  @Test
  void oneOfSeveralThatNoMountPointShowsIsNotLeftOutInSilence() {
    try (Volume hidden = new Volume("xfs")) {
      namespace.must("mount", "-o", "loop", hidden.image().toString(), hidden.path());
      assertThat(guest.dryRun().stamp("dry-run-ok").values()).containsEntry("mounts", "2");
      // What its owner can do with FUSE; a tmpfs stands in.
      namespace.must("mount", "-t", "tmpfs", "tmpfs", hidden.path());
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains(hidden.path(), "no mount point shows its file system");
      // Bound elsewhere it can be reached again.
      namespace.must("mkdir", "/mnt/bound");
      namespace.must("umount", hidden.path());
      namespace.must("mount", "--bind", hidden.path(), "/mnt/bound");
      namespace.must("mount", "-t", "tmpfs", "tmpfs", hidden.path());
      assertThat(guest.dryRun().stamp("dry-run-ok").values()).containsEntry("mounts", "2");
      namespace.must("umount", hidden.path());
      namespace.must("umount", "/mnt/bound");
      namespace.must("umount", hidden.path());
    }
  }

  @Test
  void aListOfMountsThatChangesAllTheTimeIsReadWhole() throws IOException {
    Path folder = guest.newFile("churn");
    List<String> churn = new ArrayList<>(namespace.enter());
    churn.addAll(
        List.of(
            "sh",
            "-c",
            "mkdir -p \"$1\"; while :; do for i in 1 2 3 4 5 6 7 8; do mkdir -p \"$1/$i\";"
                + " mount -t tmpfs tmpfs \"$1/$i\"; done;"
                + " for i in 3 1 7 5 2 8 4 6; do umount \"$1/$i\"; done; done",
            "sh",
            folder.toString()));
    List<Process> churns = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      churn.set(churn.size() - 1, folder + "/" + i);
      churns.add(Shell.start(List.copyOf(churn), Map.of(), guest.newFile("churn.txt")));
    }
    try {
      String device = Shell.must("mountpoint", "-d", volume.path()).trim();
      Answer read =
          guest
              .edited(
                  Map.of(
                      "main \"$@\"",
                      """
                      missed=0 garbled=0
                      for ((n = 0; n < 300; n++)); do
                        read_mounts
                        [[ " ${ALL_DEVICES[*]} " == *" %s "* ]] || missed=$((missed + 1))
                        for found in "${ALL_DEVICES[@]}"; do
                          [[ $found =~ ^[0-9]+:[0-9]+$ ]] || garbled=$((garbled + 1))
                        done
                      done
                      echo "missed=$missed garbled=$garbled"
                      """
                          .formatted(device)))
              .dryRun();
      assertThat(read.output().trim()).isEqualTo("missed=0 garbled=0");
      assertThat(churns).allMatch(Process::isAlive);
    } finally {
      churns.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void nobodyCanForbidABackupByNamesThatTheCheckAsksFor() {
    Shell.must("chmod", "1777", volume.path());
    // All numbers of processes that are to come soon, as a user can make them.
    String make =
        "cd \"$1\" && seq -f .freezeframe-probe-%.0f $$ $(($$ + 4500)) | xargs mkdir && ls -A | wc"
            + " -l";
    String before = Shell.must("bash", "-c", make, "bash", volume.path()).trim();
    for (int i = 0; i < 3; i++) {
      Answer answer = guest.dryRun();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
    }
    assertThat(Shell.must("bash", "-c", "ls -A \"$1\" | wc -l", "bash", volume.path()).trim())
        .isEqualTo(before);
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
        "touch \"$1/swap file\" && { echo Filename Type Size Used Priority; echo \"$1/swap file"
            + " file 1024 0 -2\" | sed 's/ \\(volume\\|file \\)/\\\\040\\1/g'; } >/mnt/swaps &&"
            + " mount --bind /mnt/swaps /proc/swaps",
        "sh",
        volume.path());
    Answer answer = guest.dryRun();
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.causes()).contains("swap file, which must stay writable");
  }
}
