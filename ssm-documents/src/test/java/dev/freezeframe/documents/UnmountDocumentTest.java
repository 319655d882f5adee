package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can come between. */
class UnmountDocumentTest extends UnmountTrial {

  @Override
  String type() {
    return "ext4";
  }

  @Test
  void aDryRunChangesNothing() {
    Answer dry = guest.dryRun();
    assertThat(dry.exitCode()).as(dry.output()).isZero();
    StampShape.assertGolden(SsmDocument.UNMOUNT, "dry-run", dry);
    assertThat(systemctl.calls()).isEmpty();
    assertAllIsBack();
  }

  @Test
  void whoWouldKeepItBusyIsNamedBeforeAnythingIsTouched() throws IOException {
    Path program = Files.copy(Path.of("/bin/sleep"), volume.mountPoint().resolve("own sleep"));
    Shell.must("touch", volume.path() + "/read");
    List<Process> holders =
        List.of(
            holder("cd '" + volume.path() + "'; exec sleep 600"),
            holder("exec 5<'" + volume.path() + "/read'; exec sleep 601"),
            holder("exec '" + program + "' 602"));
    Shell.await(
        "they hold it", () -> Shell.succeeds("pgrep", "-fx", "own sleep 602|.*/own sleep 602"));
    try {
      Answer dry = guest.dryRun();
      for (Answer answer : List.of(dry, guest.pre(execution))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
        for (Process holder : holders) {
          assertThat(answer.causes()).contains(" is in use: process " + holder.pid() + " (");
        }
        assertThat(answer.causes()).contains(volume.path() + "/read").doesNotContain("(bash)");
      }
      StampShape.assertGolden(SsmDocument.UNMOUNT, "dry-run", oneProblem(dry));
      assertThat(systemctl.calls()).isEmpty();
    } finally {
      holders.forEach(Process::destroyForcibly);
    }
    assertAllIsBack();
  }

  private static Answer oneProblem(Answer answer) {
    List<String> lines = answer.output().lines().toList();
    return new Answer(answer.exitCode(), lines.get(0) + "\n" + lines.get(lines.size() - 1) + "\n");
  }

  private Process holder(String command) throws IOException {
    return Shell.start(List.of("bash", "-c", command), Map.of(), folder.resolve("holder"));
  }

  @Test
  void aUnitThatDoesNotStopHasEverythingComeBack() {
    systemctl.before("stop", UNIT, "exit 1");
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
    assertThat(pre.causes()).contains(UNIT + " does not stop: it is active");
    assertAllIsBack();
  }

  @Test
  void aUnitThatDoesNotStartIsSaidAndTriedAgain() {
    pre();
    systemctl.before("start", UNIT, "echo 'Job failed.' >&2; exit 1");
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(202);
    assertThat(post.causes()).contains(UNIT + " does not start: Job failed.");
    assertThat(systemctl.runs(FRONT)).as("past every error").isTrue();
    assertMountedAsBefore();
    systemctl.asUsual("start", UNIT);
    Answer again = guest.post(execution);
    assertThat(again.exitCode()).as(again.output()).isEqualTo(203);
    assertAllIsBack();
  }

  @Test
  void aUnitThatDidNotRunIsLeftAsItIs() {
    systemctl.kill(FRONT);
    pre();
    assertThat(guest.post(execution).exitCode()).isZero();
    assertThat(systemctl.calls()).containsExactly("stop -- " + UNIT, "start -- " + UNIT);
    assertThat(systemctl.runs(FRONT)).isFalse();
  }

  @Test
  void aMountByTheHandOfSomeoneElseIsNoticed() {
    pre();
    volume.mount();
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
    assertThat(post.causes()).contains("1 file systems had been mounted again by someone else");
    assertAllIsBack();
  }

  @Test
  void soIsOneThatIsOverBeforeThePostScript() {
    pre();
    Path elsewhere = folder.resolve("elsewhere");
    Shell.must("mkdir", elsewhere.toString());
    Shell.must("mount", volume.device(), elsewhere.toString());
    Shell.must("touch", elsewhere.resolve("touched").toString());
    Shell.must("umount", elsewhere.toString());
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
    assertThat(post.causes()).contains("or its device written to, while it was unmounted");
    assertAllIsBack();
  }

  @Test
  void runsAreKeptApart() {
    pre();
    for (String other : List.of(execution, Guest.newExecution())) {
      Answer second = guest.pre(other);
      assertThat(second.exitCode()).as(second.output()).isEqualTo(204);
    }
    StampShape.assertGolden(SsmDocument.UNMOUNT, "pre-script", guest.pre(execution));
    assertThat(guest.dryRun().exitCode()).isEqualTo(204);
    assertThat(guest.post(Guest.newExecution()).exitCode()).isEqualTo(205);
    assertThat(volume.mounted()).isFalse();
    assertThat(guest.post(execution).exitCode()).isZero();
    Answer again = guest.post(execution);
    assertThat(again.exitCode()).as(again.output()).isEqualTo(205);
    StampShape.assertGolden(SsmDocument.UNMOUNT, "post-script", again);
    assertThat(guest.pre(execution).exitCode()).as("its post-script came already").isEqualTo(204);
    assertAllIsBack();
  }

  @Test
  void ofTwoAtOnceOneIsRefusedAndTheOtherGoesOn() {
    String other = Guest.newExecution();
    Process first = guest.start("pre-script", execution, folder.resolve("first"));
    Answer second = guest.pre(other);
    Shell.await("both end", () -> !first.isAlive());
    assertThat(List.of(first.exitValue(), second.exitCode()))
        .as(second.output())
        .containsExactlyInAnyOrder(0, 204);
    assertThat(volume.mounted()).isFalse();
    boolean wins = first.exitValue() == 0;
    assertThat(guest.post(wins ? other : execution).exitCode()).isEqualTo(205);
    assertThat(guest.post(wins ? execution : other).exitCode()).isZero();
    assertAllIsBack();
  }

  @Test
  void afterARebootNothingOfTheRunIsLeft() {
    pre();
    Shell.must("pkill", "-STOP", "-f", execution + "/script.sh");
    Shell.must("pkill", "-KILL", "-f", execution + "/script.sh");
    // The next boot mounts and starts what it is told to, and /run is empty then.
    Shell.write(Guest.RUN.resolve(execution).resolve("boot"), "the one before\n");
    volume.mount();
    systemctl.start(UNIT);
    systemctl.start(FRONT);
    String next = Guest.newExecution();
    Answer pre = guest.pre(next);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(guest.post(execution).exitCode()).isEqualTo(205);
    assertThat(guest.post(next).exitCode()).isZero();
    assertAllIsBack();
  }

  @Test
  void aDirectoryThatWasExchangedMeanwhileIsNotMountedOn() {
    guest.edited(Map.of("PATIENCE=1000", "PATIENCE=200"));
    pre();
    Path moved = folder.resolve("moved");
    Shell.must("mv", volume.path(), moved.toString());
    Shell.must("ln", "-s", "/mnt", volume.path());
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(202);
    assertThat(post.stamp("thaw-failed").values())
        .containsEntry("mount", volume.path())
        .containsEntry("cause", "its directory is not the one that it was mounted on");
    assertThat(Shell.must("cat", "/proc/self/mountinfo")).doesNotContain(" " + volume.device());
    assertThat(systemctl.runs(UNIT)).as("it would write elsewhere").isFalse();
    Shell.must("rm", volume.path());
    Shell.must("mv", moved.toString(), volume.path());
    Answer again = guest.post(execution);
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertAllIsBack();
  }

  @Test
  void aDeviceThatIsAnotherMeanwhileIsNotMounted() {
    pre();
    Shell.must("losetup", "--detach", volume.device());
    Path other = folder.resolve("other disk");
    Shell.must("truncate", "-s", "32M", other.toString());
    Shell.must("mkfs.ext4", "-q", other.toString());
    Shell.must("losetup", volume.device(), other.toString());
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(202);
    assertThat(post.causes()).contains("or has another file system on it");
    assertThat(volume.mounted()).isFalse();
    Shell.must("losetup", "--detach", volume.device());
    Shell.must("losetup", volume.device(), volume.image().toString());
    assertThat(guest.post(execution).exitCode()).isIn(0, 203);
    assertAllIsBack();
  }

  @Test
  void aMountThatLivesOnElsewhereIsNotCalledUnmounted() {
    // A container that starts at the last moment has the mount in a namespace of its own.
    Path ready = folder.resolve("ready");
    guest.standIn(
        "umount",
        "[[ $* == */proc/self/cwd/* ]] || exec /bin/umount \"$@\"",
        "setsid unshare --mount --propagation private sh -c 'touch \"$1\"; exec sleep 600' sh '"
            + ready
            + "' </dev/null >/dev/null 2>&1 9<&- & echo $! >>'"
            + folder
            + "/containers'",
        "until [[ -e '" + ready + "' ]]; do sleep 0.02; done",
        "exec /bin/umount \"$@\"");
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
    assertThat(pre.causes())
        .contains("it is still in use, process ", " has it in a mount namespace of its own");
    assertAllIsBack();
    Shell.run("sh", "-c", "kill -KILL $(cat '" + folder + "/containers')");
  }

  @Test
  void whatKeepsItBusyOnceTheUnitsStoppedIsNamedAndEverythingComesBack() {
    Path holder = folder.resolve("holder");
    systemctl.before(
        "stop",
        UNIT,
        "(cd '%s' && exec setsid sleep 600) </dev/null >/dev/null 2>&1 & echo $! >'%s'; sleep 0.1"
            .formatted(volume.path(), holder));
    Answer pre = guest.edited(Map.of("UPTIME + 500", "UPTIME + 100")).pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
    StampShape.assertGolden(SsmDocument.UNMOUNT, "pre-script", pre);
    assertThat(pre.causes())
        .contains("cannot be unmounted: it is busy, process ", " (sleep) uses ");
    assertThat(systemctl.calls())
        .containsExactly(
            "stop -- " + FRONT, "stop -- " + UNIT, "start -- " + UNIT, "start -- " + FRONT);
    Shell.must("sh", "-c", "kill $(cat '" + holder + "')");
    assertAllIsBack();
    assertThat(guest.post(execution).exitCode()).isEqualTo(205);
  }

  @Test
  void theTimerMountsAndStartsAndThePostScriptSaysSo() {
    guest.timer("6");
    pre();
    Path word = Guest.RUN.resolve(execution).resolve("word");
    Shell.await("the timer mounts and says so", () -> Files.exists(word));
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
    StampShape.assertGolden(SsmDocument.UNMOUNT, "post-script", post);
    assertThat(post.events()).doesNotContain("thawing");
    assertThat(post.causes()).contains("the timer mounted again at ");
    assertAllIsBack();
  }
}
