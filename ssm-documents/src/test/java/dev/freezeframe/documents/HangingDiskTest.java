package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that hangs keeps nobody else's file system frozen. Here the disk is a file of another file
 * system, and hangs while that one is frozen: anyone who writes waits in the kernel, and no signal
 * ends that.
 */
class HangingDiskTest {

  private static final Duration PROMISED = Duration.ofSeconds(2);

  private Volume below;
  private Volume hanging;
  private Volume healthy;
  private Guest guest;
  private final String execution = Guest.newExecution();

  /** The healthy one is mounted last and so freezes first. */
  private void mount(String type, String seconds) {
    below = new Volume("ext4", "700M");
    hanging = Volume.on(below, type);
    healthy = new Volume(type);
    guest =
        new Guest(SsmDocument.FILESYSTEM)
            .with("mountPoints", hanging.path() + "," + healthy.path())
            .with("autoThawSeconds", seconds);
  }

  @AfterEach
  void unmount() {
    if (below != null) {
      below.thaw();
      healthy.close();
      hanging.close();
      below.close();
      guest.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void thePostScriptThawsTheOthersAndNamesTheOneThatHangs(String type) {
    mount(type, "60");
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    below.freeze();
    Instant sent = Instant.now();
    Process post = guest.start("post-script", execution, guest.newFile("post"));
    Shell.await("the healthy one is thawed", PROMISED, () -> !healthy.frozen());
    Shell.await("the post-script answers", Duration.ofSeconds(10), () -> !post.isAlive());
    assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(10));
    if (type.equals("ext4")) { // XFS writes nothing when it thaws
      assertThat(post.exitValue()).isEqualTo(202);
      assertThat(Shell.must("cat", guest.newFile("post").toString()))
          .contains("event=thaw-failed")
          .contains(hanging.path());
      below.thaw();
      Shell.await("its own thaw comes through", PROMISED, () -> !hanging.frozen());
      assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    } else {
      assertThat(post.exitValue()).isZero();
    }
    assertThat(hanging.frozen()).isFalse();
    assertThat(Guest.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void theTimerThawsTheOthersInTimeAndTheOneThatHangsWhenItAnswers(String type) {
    mount(type, "3");
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    below.freeze();
    Instant deadline = pre.stamp("armed").at().plusSeconds(3);
    Shell.await(
        "the healthy one is thawed",
        Duration.between(Instant.now(), deadline).plus(PROMISED),
        () -> !healthy.frozen());
    below.thaw();
    Shell.await("the other one as well", Duration.ofSeconds(5), () -> !hanging.frozen());
    Shell.await("the timer's word", () -> word().contains("failed=0"));
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertThat(Guest.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aPreScriptWhoseFreezeHangsGivesUpInTimeAndThawsTheOthers(String type) {
    mount(type, "12");
    hangsInItsFreeze();
    Process pre = guest.start("pre-script", execution, guest.newFile("pre"));
    Shell.await("the healthy one is frozen", () -> healthy.frozen());
    Shell.await(
        "it is thawed again", Duration.ofSeconds(12).plus(PROMISED), () -> !healthy.frozen());
    Shell.await("the pre-script gives up", Duration.ofSeconds(5), () -> !pre.isAlive());
    assertThat(pre.exitValue()).isEqualTo(201);
    assertThat(healthy.frozen()).isFalse();
    String output = Shell.must("cat", guest.newFile("pre").toString());
    assertThat(output).contains("event=thaw-failed").contains("does not come to rest");
    // What the kernel has begun it completes when the disk answers, and the timer is still there.
    below.thaw();
    Shell.await("the timer's word", () -> word().contains("failed=0"));
    assertThat(hanging.frozen()).isFalse();
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertThat(Guest.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aFreezeThatHangsWithItsPreScriptKilledKeepsNoOtherFrozen(String type) {
    mount(type, "60");
    hangsInItsFreeze();
    Process pre = guest.startInGroup("pre-script", execution, guest.newFile("pre"));
    Shell.await("the healthy one is frozen", () -> healthy.frozen());
    Shell.await("the other one's freeze hangs", () -> below.frozen());
    Shell.must("kill", "-KILL", "--", "-" + pre.pid());
    Shell.await("the timer thaws", Duration.ofSeconds(3), () -> !healthy.frozen());
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(202);
    below.thaw();
    Shell.await("the timer's word", () -> word().contains("failed=0"));
    assertThat(hanging.frozen()).isFalse();
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
  }

  /** The disk hangs between the flush and the freeze, with something left to write. */
  private void hangsInItsFreeze() {
    guest.standIn(
        "fsfreeze",
        "if [[ $1 == --freeze && $(readlink \"$2\") == '" + hanging.path() + "' ]]; then",
        "  dd if=/dev/zero of='" + hanging.path() + "/dirty' bs=1M count=4 2>/dev/null",
        "  /usr/sbin/fsfreeze --freeze '" + below.path() + "'",
        "fi",
        "exec /usr/sbin/fsfreeze \"$@\"");
  }

  private String word() {
    return Shell.run(
            List.of("cat", Guest.RUN.resolve(execution).resolve("word").toString()),
            java.util.Map.of())
        .output();
  }
}
