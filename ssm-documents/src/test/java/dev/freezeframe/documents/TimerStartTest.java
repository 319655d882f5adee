package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the timer's process starts: by systemd where that runs the machine, else by itself. */
class TimerStartTest {

  /** What systemd-run does: the command in a process that is no child of ours. */
  private static final String START =
      "while [[ $1 != -- ]]; do shift; done; shift; setsid \"$@\" </dev/null >/dev/null 2>&1 &";

  @Test
  void systemdStartsItWhereSystemdRuns() throws IOException {
    try (Namespace namespace = new Namespace("8m");
        Volume volume = new Volume("ext4");
        Guest guest = guest(volume)) {
      inside(namespace, volume);
      guest.in(namespace);
      Path calls = guest.newFile("calls");
      guest.standIn("systemd-run", "echo \"$@\" >>'" + calls + "'", START);
      String execution = Guest.newExecution();
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      List<String> lines = Files.readAllLines(calls);
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0))
          .contains("--collect", "--unit=freezeframe-" + execution + "-watch")
          .endsWith("/script.sh freezeframe-watch");
      assertThat(guest.post(execution).exitCode()).isZero();
    }
  }

  @Test
  void anOlderSystemdIsAskedWithoutTheOptionThatItLacks() throws IOException {
    try (Namespace namespace = new Namespace("8m");
        Volume volume = new Volume("ext4");
        Guest guest = guest(volume)) {
      inside(namespace, volume);
      guest.in(namespace);
      guest.standIn("systemd-run", "[[ $* != *--collect* ]] || exit 1", START);
      String execution = Guest.newExecution();
      assertThat(guest.pre(execution).exitCode()).isZero();
      assertThat(guest.post(execution).exitCode()).isZero();
    }
  }

  @Test
  void withASystemdThatFailsItStartsByItself() {
    try (Namespace namespace = new Namespace("8m");
        Volume volume = new Volume("ext4");
        Guest guest = guest(volume).with("autoThawSeconds", "3")) {
      inside(namespace, volume);
      guest.in(namespace).standIn("systemd-run", "exit 1");
      String execution = Guest.newExecution();
      assertThat(guest.pre(execution).exitCode()).isZero();
      Shell.await(
          "the timer's word",
          () -> namespace.run("sh", "-c", "ls /run/freezeframe/*/word").exitCode() == 0);
      assertThat(volume.frozen()).isFalse();
      assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    }
  }

  @Test
  void aSystemdThatDoesNotAnswerIsNotWaitedFor() {
    try (Namespace namespace = new Namespace("8m");
        Volume volume = new Volume("ext4");
        Guest guest = guest(volume)) {
      inside(namespace, volume);
      guest.in(namespace).standIn("systemd-run", "exec sleep 60");
      String execution = Guest.newExecution();
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      assertThat(guest.post(execution).exitCode()).isZero();
    }
  }

  @Test
  void withoutATimerNothingIsFrozen() {
    try (Volume volume = new Volume("ext4");
        Guest guest = guest(volume)) {
      guest.standIn("setsid", "exit 1");
      Answer pre = guest.pre(Guest.newExecution());
      assertThat(pre.exitCode()).as(pre.output()).isEqualTo(206);
      assertThat(pre.causes()).contains("timer cannot be started");
      assertThat(pre.events()).doesNotContain("freezing");
      assertThat(volume.frozen()).isFalse();
      assertThat(Guest.leftovers()).isEmpty();
    }
  }

  private static Guest guest(Volume volume) {
    return new Guest(SsmDocument.FILESYSTEM)
        .with("mountPoints", volume.path())
        .with("autoThawSeconds", "30");
  }

  /** Makes the namespace look like one where systemd runs, with the volume in it. */
  private static void inside(Namespace namespace, Volume volume) {
    namespace.must("mkdir", "-p", "/run/systemd/system");
    namespace.must("mount", volume.device(), volume.path());
  }
}
