package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing but the guest's end keeps the timer from thawing in time. */
@ParameterizedClass
@ValueSource(strings = {"ext4", "xfs"})
class TimerSurvivalTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @Parameter String type;

  private Volume volume;
  private Guest guest;
  private final String execution = Guest.newExecution();

  private Instant freeze(int seconds, String... behind) {
    volume = new Volume(type);
    guest =
        new Guest(SsmDocument.FILESYSTEM)
            .behind(behind)
            .with("mountPoints", volume.path())
            .with("autoThawSeconds", Integer.toString(seconds));
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    return pre.stamp("armed").at().plusSeconds(seconds);
  }

  @AfterEach
  void unmount() {
    if (volume != null) {
      volume.close();
    }
    if (guest != null) {
      guest.close();
    }
  }

  private void awaitThaw(Instant deadline) {
    Shell.await(
        "the thaw",
        Duration.between(Instant.now(), deadline).plus(AT_ONCE),
        () -> !volume.frozen());
  }

  /** The timer's process and its spare. */
  private List<String> processes() throws IOException {
    String[] words = Files.readString(Guest.RUN.resolve(execution).resolve("armed")).split(" ", -1);
    return List.of(words[0], words[2]);
  }

  @Test
  void aTimerThatIsKilledIsReplacedAndTheFreezeGoesOn() throws IOException {
    freeze(30);
    for (int kills = 0; kills < 3; kills++) {
      List<String> before = processes();
      Shell.must("kill", "-KILL", before.get(0));
      Shell.await("the spare takes over", () -> takenOver(before));
      assertThat(volume.frozen()).isTrue();
    }
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    assertThat(volume.frozen()).isFalse();
    assertThat(Guest.leftovers()).isEmpty();
  }

  private boolean takenOver(List<String> before) {
    try {
      List<String> now = processes();
      return now.get(0).equals(before.get(1)) && !now.get(1).equals(before.get(1));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aSpareThatIsKilledIsReplacedToo() throws IOException {
    freeze(30);
    List<String> before = processes();
    Shell.must("kill", "-KILL", before.get(1));
    Shell.await("another spare", () -> anotherSpare(before));
    assertThat(guest.post(execution).exitCode()).isZero();
  }

  private boolean anotherSpare(List<String> before) {
    try {
      return !processes().get(1).equals(before.get(1));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void withTheTimerAndItsSpareKilledItIsThawedAtOnce() throws IOException {
    freeze(60);
    List<String> processes = processes();
    Shell.must("kill", "-KILL", processes.get(0), processes.get(1));
    awaitThaw(Instant.now());
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aTimerThatIsStoppedIsReplacedAtTheDeadline() throws IOException {
    Instant deadline = freeze(3);
    String timer = processes().get(0);
    Shell.must("kill", "-STOP", timer);
    awaitThaw(deadline);
    Guest.awaitWord(execution);
    Shell.must("kill", "-CONT", timer);
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    Shell.await("it ends", () -> !Shell.succeeds("pgrep", "-f", execution + "/script.sh"));
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aGuestInWhichNoProcessCanStartIsThawedInTime() {
    try (ControlGroup group = new ControlGroup("pids")) {
      Instant deadline = freeze(3);
      group.take(Shell.must("pgrep", "-f", execution + "/script.sh").lines().toList());
      group.set("pids.max", "1");
      assertThat(Integer.parseInt(group.get("pids.current"))).isGreaterThan(1);
      awaitThaw(deadline);
      // The timer does not end for want of a process, and tells when it has one again.
      Shell.pause(Duration.ofSeconds(17));
      assertThat(Shell.succeeds("pgrep", "-f", execution + "/script.sh")).isTrue();
      group.set("pids.max", "max");
      Shell.await(
          "its word",
          Duration.ofSeconds(30),
          () -> Files.exists(Guest.RUN.resolve(execution).resolve("word")));
      assertThat(guest.post(execution).exitCode()).isEqualTo(203);
      Shell.await("it ends", () -> !Shell.succeeds("pgrep", "-f", execution + "/script.sh"));
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  /**
   * Memory that is up is shown by a limit on the address space: each process of the timer keeps
   * what it has and gets no more, a new bash cannot start, and there is room for fsfreeze alone. A
   * bash may end for want of it, which is as if it were killed.
   */
  @Test
  void aGuestInWhichNoMemoryIsLeftIsThawedInTime() {
    String limit = "--as=" + roomForFsfreeze();
    assertThat(Shell.succeeds("prlimit", limit, "bash", "-c", ":")).isFalse();
    Instant deadline = freeze(3);
    assertThat(limitEach(limit)).as("processes of the timer").isPositive();
    awaitThaw(deadline);
    limitEach("--as=unlimited");
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    Shell.await("it ends", () -> !Shell.succeeds("pgrep", "-f", execution + "/script.sh"));
    assertThat(Guest.leftovers()).isEmpty();
  }

  /** The least limit of address space under which it starts, and a little more; bytes. */
  private static long roomForFsfreeze() {
    long limit = 1_000_000;
    while (!Shell.succeeds("prlimit", "--as=" + limit, "fsfreeze", "--version")) {
      limit += 100_000;
    }
    return limit + 200_000;
  }

  /** Limits the processes of the timer that live, and counts them: after the thaw they may end. */
  private int limitEach(String limit) {
    List<String> processes =
        Shell.run("pgrep", "-f", execution + "/script.sh").output().lines().toList();
    processes.forEach(process -> Shell.run("prlimit", "--pid", process, limit));
    return processes.size();
  }

  /** Of a container's limit, or of the agent's unit: what the agent starts gets no memory. */
  @Test
  void anAgentWhoseControlGroupHasNoMemoryLeftKeepsNothingFrozen() {
    try (ControlGroup group = new ControlGroup("memory")) {
      Instant deadline = freeze(3, group.enter());
      boolean second = group.has("memory.max");
      group.set(
          second ? "memory.max" : "memory.limit_in_bytes",
          group.get(second ? "memory.current" : "memory.usage_in_bytes"));
      awaitThaw(deadline);
      Guest.awaitWord(execution);
      assertThat(new Guest(SsmDocument.FILESYSTEM).post(execution).exitCode()).isEqualTo(203);
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void anAgentWhoseControlGroupIsFrozenKeepsNothingFrozen() {
    try (ControlGroup group = new ControlGroup("freezer")) {
      Instant deadline = freeze(3, group.enter());
      group.freeze(true);
      awaitThaw(deadline);
      group.freeze(false);
      Guest.awaitWord(execution);
      assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aPreScriptThatIsFrozenBetweenItsFreezesKeepsNothingFrozen() {
    volume = new Volume(type);
    try (ControlGroup group = new ControlGroup("freezer");
        Volume second = new Volume(type.equals("xfs") ? "ext4" : "xfs")) {
      guest =
          new Guest(SsmDocument.FILESYSTEM)
              .behind(group.enter())
              .with("mountPoints", volume.path() + "," + second.path())
              .with("autoThawSeconds", "3");
      guest.standIn(
          "fsfreeze",
          "[[ $(readlink \"$2\") != '" + volume.path() + "' || $1 == -*un* ]] || sleep 8",
          "exec /usr/sbin/fsfreeze \"$@\"");
      Process pre = guest.start("pre-script", execution, guest.newFile("pre"));
      Shell.await("the first one is frozen", second::frozen);
      Instant deadline = Instant.now().plusSeconds(3);
      group.freeze(true);
      Shell.await(
          "the thaw",
          Duration.between(Instant.now(), deadline).plus(AT_ONCE),
          () -> !second.frozen());
      group.freeze(false);
      Shell.await("the pre-script ends", () -> !pre.isAlive());
      Guest.awaitWord(execution);
      assertThat(volume.frozen() || second.frozen()).isFalse();
      assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "pids"})
  void theTimerLeavesTheAgentsControlGroups(String controller) {
    try (ControlGroup group = new ControlGroup(controller)) {
      freeze(30, group.enter());
      Shell.await("nothing is left in it", () -> group.get("cgroup.procs").isEmpty());
      assertThat(Shell.succeeds("pgrep", "-f", execution + "/script.sh")).isTrue();
      assertThat(guest.post(execution).exitCode()).isZero();
    }
  }

  @Test
  void whoeverKeepsTheLockHoldsUpNeitherTimerNorPostScript() throws IOException {
    Instant deadline = freeze(3);
    String lock = Guest.RUN.resolve(execution).resolve("thaw.lock").toString();
    Process holder =
        Shell.start(
            List.of("flock", lock, "sleep", "30"), java.util.Map.of(), guest.newFile("holder"));
    Shell.await("the lock is taken", () -> !Shell.succeeds("flock", "-n", lock, "true"));
    awaitThaw(deadline);
    holder.descendants().forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly();
    Guest.awaitWord(execution);
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
  }

  @Test
  void aPostScriptThawsThoughAStoppedOneHasTheLock() throws IOException {
    freeze(60);
    String lock = Guest.RUN.resolve(execution).resolve("thaw.lock").toString();
    Process holder =
        Shell.start(
            List.of("flock", lock, "sleep", "30"), java.util.Map.of(), guest.newFile("holder"));
    Shell.await("the lock is taken", () -> !Shell.succeeds("flock", "-n", lock, "true"));
    Process post = guest.start("post-script", execution, guest.newFile("post"));
    awaitThaw(Instant.now());
    Shell.await("the post-script answers", Duration.ofSeconds(10), () -> !post.isAlive());
    assertThat(post.exitValue()).isEqualTo(202);
    holder.descendants().forEach(ProcessHandle::destroyForcibly);
    holder.destroyForcibly();
    Shell.await("the lock is free", () -> Shell.succeeds("flock", "-n", lock, "true"));
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aRunThatTurnsReadOnlyWhileFrozenKeepsNothingFrozen() {
    volume = new Volume(type);
    for (String seconds : List.of("30", "2")) {
      try (Namespace namespace = new Namespace("2m");
          Guest inside =
              new Guest(SsmDocument.FILESYSTEM)
                  .in(namespace)
                  .with("mountPoints", volume.path())
                  .with("autoThawSeconds", seconds)) {
        String run = Guest.newExecution();
        Answer pre = inside.pre(run);
        assertThat(pre.exitCode()).as(pre.output()).isZero();
        Shell.await(
            "no file is written",
            () -> namespace.run("mount", "-o", "remount,ro", "/run").exitCode() == 0);
        if (seconds.equals("30")) {
          Answer post = inside.post(run);
          assertThat(post.exitCode()).as(post.output()).isIn(0, 203);
        } else {
          Shell.await("the timer thaws", Duration.ofSeconds(4), () -> !volume.frozen());
        }
        assertThat(volume.frozen()).isFalse();
        namespace.must("mount", "-o", "remount,rw", "/run");
        assertThat(inside.post(run).exitCode()).isIn(203, 205);
      }
    }
  }
}
