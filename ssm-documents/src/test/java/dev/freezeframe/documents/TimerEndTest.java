package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever ends the timer before its time, but the end of the freeze, makes it thaw. */
class TimerEndTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private Volume volume;
  private Guest guest;
  private final String execution = Guest.newExecution();

  @BeforeEach
  void freeze() {
    volume = new Volume("ext4");
    guest =
        new Guest(SsmDocument.FILESYSTEM)
            .with("mountPoints", volume.path())
            .with("autoThawSeconds", "60");
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
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

  @Test
  void aGuestThatShutsDownIsThawed() throws IOException {
    // What systemd and a shutdown send to every process.
    Shell.must("kill", "-TERM", timer());
    Shell.await("the timer thaws", AT_ONCE, () -> !volume.frozen());
    Guest.awaitWord(execution);
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
    assertThat(post.stamp("auto-thawed").values()).containsEntry("reason", "terminated");
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void aStateThatSomeoneRemovesIsThawed() {
    Shell.must("rm", "-rf", Guest.RUN.resolve(execution).toString());
    Shell.await("the timer thaws", AT_ONCE, () -> !volume.frozen());
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(205);
    assertThat(Guest.leftovers()).isEmpty();
  }

  @Test
  void anOrderlyEndLeavesNoTimer() throws IOException {
    String timer = timer();
    assertThat(guest.post(execution).exitCode()).isZero();
    String state = Shell.run("ps", "-o", "stat=", "-p", timer).output().trim();
    assertThat(state).as("the timer's process").matches("|Z.*"); // gone, if not yet buried
    assertThat(Guest.leftovers()).isEmpty();
  }

  private String timer() throws IOException {
    return Files.readString(Guest.RUN.resolve(execution).resolve("armed")).split(" ", -1)[0];
  }
}
