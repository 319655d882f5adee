package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exit codes 204, 205 and 206: anyone who is refused has touched nothing. */
class FilesystemRefusalTest {

  private Volume volume;
  private Guest guest;

  @BeforeEach
  void mount() {
    volume = new Volume("ext4");
    guest =
        new Guest(SsmDocument.FILESYSTEM)
            .with("mountPoints", volume.path())
            .with("autoThawSeconds", "30");
  }

  @AfterEach
  void unmount() {
    if (volume != null) {
      volume.close();
      guest.close();
    }
  }

  @Test
  void aDryRunTouchesNothing() {
    String before = Shell.must("find", "/run", volume.path(), "-printf", "%p %T@ %C@\\n");
    Answer answer = guest.dryRun();
    assertThat(answer.exitCode()).as(answer.output()).isZero();
    StampShape.assertGolden(SsmDocument.FILESYSTEM, "dry-run", answer);
    assertThat(answer.stamp("dry-run-ok").values())
        .containsAllEntriesOf(Map.of("mounts", "1", "auto-thaw-seconds", "30"));
    assertThat(Shell.must("find", "/run", volume.path(), "-printf", "%p %T@ %C@\\n"))
        .isEqualTo(before);
  }

  @Test
  void aSecondRunIsRefusedWhileTheFirstHoldsTheFreeze() {
    String first = Guest.newExecution();
    assertThat(guest.pre(first).exitCode()).isZero();
    for (String execution : List.of(first, Guest.newExecution())) {
      for (String command : List.of("pre-script", "dry-run")) {
        Answer answer = guest.run(command, execution);
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(204);
        StampShape.assertGolden(SsmDocument.FILESYSTEM, command, answer);
      }
    }
    assertThat(volume.frozen()).isTrue();
    assertThat(guest.post(first).exitCode()).isZero();
    assertThat(volume.frozen()).isFalse();
  }

  @Test
  void ofTwoRunsThatStartAtOnceOneFreezes() throws InterruptedException {
    List<String> executions = List.of(Guest.newExecution(), Guest.newExecution());
    List<Process> processes =
        executions.stream()
            .map(id -> guest.start("pre-script", id, guest.newFile(id + ".txt")))
            .toList();
    for (Process process : processes) {
      process.waitFor();
    }
    assertThat(processes.stream().map(Process::exitValue)).containsExactlyInAnyOrder(0, 204);
    String winner = executions.get(processes.get(0).exitValue() == 0 ? 0 : 1);
    assertThat(guest.post(winner).exitCode()).isZero();
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aPostScriptOfAnotherRunThawsNothing() {
    String holder = Guest.newExecution();
    assertThat(guest.pre(holder).exitCode()).isZero();
    Answer stranger = guest.post(Guest.newExecution());
    assertThat(stranger.exitCode()).as(stranger.output()).isEqualTo(205);
    assertThat(stranger.causes()).contains(holder);
    StampShape.assertGolden(SsmDocument.FILESYSTEM, "post-script", stranger);
    assertThat(volume.frozen()).isTrue();
    assertThat(guest.post(holder).exitCode()).isZero();
  }

  @Test
  void aPreScriptThatComesAfterItsPostScriptIsRefused() {
    guest.with("autoThawSeconds", "1");
    String execution = Guest.newExecution();
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).isEqualTo(205);
    Answer late = guest.pre(execution);
    assertThat(late.exitCode()).as(late.output()).isEqualTo(204);
    assertThat(volume.frozen()).isFalse();
    Shell.await("the mark expires", () -> !Files.exists(Guest.RUN.resolve(execution + ".over")));
  }

  @Test
  void aFileSystemThatSomeoneElseFrozeIsLeftToThem() {
    volume.freeze();
    for (Answer answer : List.of(guest.dryRun(), guest.pre(Guest.newExecution()))) {
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
      assertThat(answer.causes()).contains("frozen by someone else");
    }
    assertThat(volume.thaw()).as("still frozen, by us").isTrue();
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aDiskThatIsReadOnlyIsRefused() {
    Shell.must("mount", "-o", "remount,ro", volume.path());
    for (String command : List.of("dry-run", "pre-script")) {
      Answer answer = guest.run(command, Guest.newExecution());
      assertThat(answer.exitCode()).isEqualTo(206);
      assertThat(answer.causes()).contains("read-only");
      StampShape.assertGolden(SsmDocument.FILESYSTEM, command, answer);
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnce() {
    guest.with("mountPoints", "//,/proc,/not/there," + volume.path());
    Answer answer = guest.dryRun();
    assertThat(answer.exitCode()).isEqualTo(206);
    assertThat(answer.causes())
        .contains("/not/there is not a mount point")
        .contains("/ is on the root file system")
        .contains("/proc is proc");
  }

  @Test
  void aFileSystemThatTheScriptItselfNeedsIsRefused() {
    guest.environment("TMPDIR", volume.path());
    Answer answer = guest.dryRun();
    assertThat(answer.exitCode()).isEqualTo(206);
    assertThat(answer.causes()).contains("must stay writable");
  }

  @Test
  void aMissingProgramIsNamed() {
    try (Namespace namespace = new Namespace("8m")) {
      namespace.must("sh", "-c", "mount --bind /dev/null \"$(command -v fsfreeze)\"");
      guest.in(namespace);
      for (Answer answer : List.of(guest.dryRun(), guest.pre(Guest.newExecution()))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes()).contains("fsfreeze is missing");
      }
    }
  }

  @Test
  void aFullRunIsFoundBeforeAnythingIsTouched() {
    try (Namespace namespace = new Namespace("600k")) {
      guest.in(namespace);
      namespace.run("sh", "-c", "head -c 550k /dev/zero >/run/ballast");
      assertThat(guest.dryRun().exitCode()).isEqualTo(206);
      namespace.run("sh", "-c", "cat /dev/zero >/run/ballast");
      for (Answer answer : List.of(guest.dryRun(), guest.pre(Guest.newExecution()))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        assertThat(answer.causes()).containsAnyOf("/run has", "cannot be made");
      }
      assertThat(volume.frozen()).isFalse();
    }
  }

  @Test
  void byDefaultEveryDataVolumeIsFrozenAndTheRootIsNot() {
    try (Namespace namespace = new Namespace("8m");
        Volume second = new Volume("xfs")) {
      guest.in(namespace).with("mountPoints", "auto");
      // The new volume is mounted where the test runs; the namespace has to see it, and nothing
      // else.
      namespace.must("mount", "-o", "loop", second.image().toString(), second.path());
      namespace.keepOnly(volume.path(), second.path());
      String execution = Guest.newExecution();
      Answer pre = guest.pre(execution);
      try {
        assertThat(pre.exitCode()).as(pre.output()).isZero();
        assertThat(pre.stamp("frozen").values()).containsEntry("mounts", "2");
        assertThat(volume.frozen()).isTrue();
      } finally {
        assertThat(guest.post(execution).exitCode()).isZero();
      }
      assertThat(volume.frozen()).isFalse();
    }
  }
}
