package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit codes 201, 202 and 203: what goes wrong on the way is undone as far as it can be. */
@ParameterizedClass
@ValueSource(strings = {"ext4", "xfs"})
class FilesystemFailureTest {

  @Parameter String type;

  private Volume first;
  private Volume second;
  private Guest guest;

  @BeforeEach
  void mount() {
    first = new Volume(type);
    second = new Volume(type.equals("xfs") ? "ext4" : "xfs");
    guest =
        new Guest(SsmDocument.FILESYSTEM)
            .with("mountPoints", first.path() + "," + second.path())
            .with("autoThawSeconds", "30");
  }

  @AfterEach
  void unmount() {
    if (second != null) {
      second.close();
      guest.close();
    }
    if (first != null) {
      first.close();
    }
  }

  @Test
  void theOnesBeforeAreThawedAtOnceWhenOneFailsToFreeze() {
    // Someone else freezes it after the checks: the last one mounted freezes first, this second.
    guest.standIn(
        "sync", "/bin/sync \"$@\"", "fsfreeze --freeze '" + first.path() + "' 2>/dev/null; true");
    try (Writer writer = new Writer(second.mountPoint().resolve("log"))) {
      Answer pre = guest.pre(Guest.newExecution());
      assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
      assertThat(pre.events()).containsExactly("armed", "freezing", "thawed", "failed");
      assertThat(pre.causes()).contains(first.path() + " cannot be frozen");
      assertThat(first.thaw()).as("the other's freeze is not ours to thaw").isTrue();
      assertThat(second.frozen()).isFalse();
      writer.acknowledged().awaitNext();
      Figures.note("filesystem", "201, the second mount fails", writer.acknowledged());
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void oneThatFailsToFreezeAloneLeavesNothingToThaw() {
    guest
        .with("mountPoints", first.path())
        .standIn("sync", "fsfreeze --freeze '" + first.path() + "' 2>/dev/null; true");
    Answer pre = guest.pre(Guest.newExecution());
    assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
    StampShape.assertGolden(SsmDocument.FILESYSTEM, "pre-script", pre);
    assertThat(first.thaw()).as("the other's freeze is not ours to thaw").isTrue();
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aFreezeThatTheTimerWouldOvertakeIsGivenUp() {
    guest
        .with("autoThawSeconds", "4")
        .standIn(
            "fsfreeze",
            "/usr/sbin/fsfreeze \"$@\" || exit",
            "[[ $1 != --freeze ]] || sleep 3.1"); // three quarters of the timer, and more
    String execution = Guest.newExecution();
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isEqualTo(201);
    assertThat(pre.causes())
        .containsAnyOf("the timer would have run out before " + first.path(), "come to rest");
    assertThat(pre.events()).containsExactly("armed", "freezing", "thawed", "failed");
    assertThat(first.frozen() || second.frozen()).isFalse();
    Shell.await(
        "the timer ends it", () -> List.of(203, 205).contains(guest.post(execution).exitCode()));
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void theLastOneMountedFreezesFirstAndAllThawAtOnce() throws IOException {
    Path log = guest.newFile("fsfreeze.log");
    // Each call waits for the other's: one after the other they would wait forever.
    guest.standIn(
        "fsfreeze",
        "echo \"$1 $(readlink \"$2\")\" >>'" + log + "'",
        "[[ $1 == --freeze ]] || until (($(grep -c unfreeze '"
            + log
            + "') > 1)); do sleep 0.02; done",
        "exec /usr/sbin/fsfreeze \"$@\"");
    String execution = Guest.newExecution();
    assertThat(guest.pre(execution).exitCode()).isZero();
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    List<String> calls = Files.readAllLines(log);
    assertThat(calls).hasSize(4);
    assertThat(calls.get(0)).isEqualTo("--freeze " + second.path());
    assertThat(calls.get(1)).isEqualTo("--freeze " + first.path());
  }

  @Test
  void aMountThatVanishedWhileFrozenIsThawedAllTheSame() {
    String execution = Guest.newExecution();
    try (Writer writer = new Writer(first.mountPoint().resolve("log"))) {
      assertThat(guest.pre(execution).exitCode()).isZero();
      Shell.must("umount", "--lazy", first.path());
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isZero();
      assertThat(post.stamp("thawed").values()).containsEntry("mounts", "2");
      writer.acknowledged().awaitNext();
      Figures.note("filesystem", "a mount that vanished while frozen", writer.acknowledged());
    }
    first.mount();
    assertThat(first.frozen()).isFalse();
  }

  @Test
  void aMountThatVanishedIsThawedThoughNobodyHasItOpen() throws IOException {
    String execution = Guest.newExecution();
    assertThat(guest.pre(execution).exitCode()).isZero();
    killTimer(execution);
    Shell.must("umount", "--lazy", first.path());
    Shell.must("umount", "--lazy", second.path());
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    assertThat(post.stamp("thawed").values()).containsEntry("mounts", "2");
    first.mount();
    second.mount();
    assertThat(first.frozen() || second.frozen()).isFalse();
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void thawingGoesOnPastAMountThatCannotBeThawed() {
    String execution = Guest.newExecution();
    assertThat(guest.pre(execution).exitCode()).isZero();
    try (Guest unlucky = new Guest(SsmDocument.FILESYSTEM)) {
      refusesToThaw(unlucky, second);
      Answer post = unlucky.post(execution);
      assertThat(post.exitCode()).as(post.output()).isEqualTo(202);
      assertThat(post.stamp("thaw-failed").values())
          .containsEntry("mount", second.path())
          .containsEntry("cause", "Input/output error");
      StampShape.assertGolden(SsmDocument.FILESYSTEM, "post-script", post);
    }
    assertThat(first.frozen()).isFalse();
    assertThat(second.frozen()).isTrue();
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertThat(second.frozen()).isFalse();
    assertThat(Guest.leftovers()).isEmpty();
  }

  /** Makes every thaw of that volume by this guest's scripts fail. */
  static void refusesToThaw(Guest guest, Volume volume) {
    guest.standIn(
        "fsfreeze",
        "if [[ $(readlink \"$2\") == '" + volume.path() + "' ]]; then",
        "  echo 'fsfreeze: there: unfreeze failed: Input/output error' >&2; exit 1",
        "fi",
        "exec /usr/sbin/fsfreeze \"$@\"");
  }

  @Test
  void thePostScriptSaysThatTheTimerCameFirst() {
    guest.with("autoThawSeconds", "2");
    String execution = Guest.newExecution();
    try (Writer writer = new Writer(first.mountPoint().resolve("log"))) {
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      Guest.awaitWord(execution);
      assertThat(first.frozen() || second.frozen()).isFalse();
      writer.acknowledged().awaitNext();
      Figures.note("filesystem", "203, a timer of 2 s", writer.acknowledged());
      Answer post = guest.post(execution);
      assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
      StampShape.assertGolden(SsmDocument.FILESYSTEM, "post-script", post);
      assertThat(Duration.between(pre.stamp("armed").at(), post.stamp("auto-thawed").at()))
          .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(4));
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void someoneElsesThawIsNoticed() {
    String execution = Guest.newExecution();
    assertThat(guest.pre(execution).exitCode()).isZero();
    assertThat(first.thaw()).isTrue();
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
    assertThat(post.causes()).contains("thawed by someone else");
    assertThat(second.frozen()).isFalse();
  }

  @Test
  void theTimerSurvivesTheAgentAndEverythingThatItStarted() {
    guest.with("autoThawSeconds", "3");
    String execution = Guest.newExecution();
    Path output = guest.newFile("agent.txt");
    // The agent's last act: its whole process group is killed while the guest is frozen.
    guest.standIn("mv", "/bin/mv \"$@\" || exit", "[[ $* != *phase.frozen* ]] || kill -9 0");
    Process agent = guest.startInGroup("pre-script", execution, output);
    Shell.await("the pre-script dies", () -> !agent.isAlive());
    assertThat(agent.exitValue()).isNotZero();
    assertThat(first.frozen()).isTrue();
    Guest.awaitWord(execution);
    assertThat(first.frozen() || second.frozen()).isFalse();
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
  }

  @Test
  void aRunFilledWhileTheGuestIsFrozenKeepsNothingFrozen() {
    for (String seconds : List.of("30", "2")) {
      try (Namespace namespace = new Namespace("2m");
          Guest inside =
              new Guest(SsmDocument.FILESYSTEM)
                  .in(namespace)
                  .with("mountPoints", first.path())
                  .with("autoThawSeconds", seconds)) {
        String execution = Guest.newExecution();
        Answer pre = inside.pre(execution);
        assertThat(pre.exitCode()).as(pre.output()).isZero();
        namespace.run("sh", "-c", "cat /dev/zero >/run/ballast 2>/dev/null");
        if (seconds.equals("2")) {
          Shell.await("the timer thaws", () -> !first.frozen());
          Shell.await(
              "its word is left",
              () -> namespace.run("sh", "-c", "ls /run/freezeframe/*/word").exitCode() == 0);
        }
        Answer post = inside.post(execution);
        assertThat(post.exitCode()).as(post.output()).isEqualTo(seconds.equals("2") ? 203 : 0);
        assertThat(first.frozen()).isFalse();
        assertThat(namespace.must("ls", "/run").trim()).isEqualTo("ballast");
      }
    }
  }

  @Test
  void theNextRunThawsWhatAKilledTimerLeft() throws IOException {
    guest.with("autoThawSeconds", "3").with("mountPoints", first.path());
    String abandoned = Guest.newExecution();
    assertThat(guest.pre(abandoned).exitCode()).isZero();
    killTimer(abandoned);
    String next = Guest.newExecution();
    Shell.await("the next run takes over", () -> guest.pre(next).exitCode() == 0);
    assertThat(guest.post(next).exitCode()).isIn(0, 203);
    assertThat(first.frozen()).isFalse();
    assertThat(guest.post(abandoned).exitCode()).isEqualTo(203);
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void whatIsOverIsRemovedByALaterRunAfterADay() {
    guest.with("autoThawSeconds", "3").with("mountPoints", first.path());
    String over = Guest.newExecution();
    assertThat(guest.pre(over).exitCode()).isZero();
    Path state = Guest.RUN.resolve(over);
    Shell.await("its word", () -> Files.exists(state.resolve("word")));
    Shell.await("the script is not kept", () -> !Files.exists(state.resolve("script.sh")));
    guest.with("autoThawSeconds", "30");
    for (boolean old : new boolean[] {false, true}) {
      if (old) {
        Shell.write(state.resolve("deadline"), "-8640100\n"); // a day before the machine started
      }
      String next = Guest.newExecution();
      assertThat(guest.pre(next).exitCode()).isZero();
      assertThat(guest.post(next).exitCode()).isZero();
      assertThat(Files.exists(state)).isEqualTo(!old);
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aPostScriptThatOvertakesItsPreScriptThawsWhatThatHasFrozen() {
    String execution = Guest.newExecution();
    // The pre-script hangs between its two freezes, as on a disk that does not answer.
    guest.standIn(
        "fsfreeze",
        "[[ $1 != --freeze || $(readlink \"$2\") != '" + first.path() + "' ]] || sleep 4",
        "exec /usr/sbin/fsfreeze \"$@\"");
    Process pre = guest.start("pre-script", execution, guest.newFile("pre.txt"));
    Shell.await("half is frozen", () -> second.frozen());
    Answer post = guest.post(execution);
    assertThat(second.frozen()).isFalse();
    assertThat(post.exitCode()).as(post.output()).isIn(0, 202);
    Shell.await("the pre-script is ended", () -> !pre.isAlive());
    assertThat(first.frozen()).isFalse();
  }

  /** Kills the timer's process, its spare and all that wait to thaw, so that none can act. */
  static void killTimer(String execution) throws IOException {
    String processes = Guest.RUN.resolve(execution) + "/script.sh freezeframe-watch";
    Shell.must("pkill", "-STOP", "-f", processes);
    Shell.must("pkill", "-KILL", "-f", processes);
    Shell.await("the timer is gone", () -> !Shell.succeeds("pgrep", "-f", processes));
  }
}
