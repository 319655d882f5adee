package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The timer under a real systemd. */
@ParameterizedClass
@ValueSource(strings = {"ext4", "xfs"})
class SystemdTest {

  @Parameter String type;

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final String execution = Guest.newExecution();
  private final String unit = "freezeframe-" + execution + "-watch.service";
  private Volume volume;
  private Systemd systemd;
  private Guest guest;

  private Answer freeze(int seconds) {
    volume = new Volume(type);
    systemd = new Systemd(folder.resolve("systemd.log"));
    guest =
        new Guest(SsmDocument.FILESYSTEM)
            .behind(systemd.enterAgent())
            .with("mountPoints", volume.path())
            .with("autoThawSeconds", Integer.toString(seconds));
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(systemd.must("systemctl", "show", "--property=ActiveState", unit))
        .contains("=active");
    return pre;
  }

  @AfterEach
  void end() {
    if (guest != null) {
      guest.close();
    }
    if (systemd != null) {
      systemd.run("fsfreeze", "--unfreeze", volume.path());
      systemd.close();
    }
    if (volume != null) {
      volume.close();
    }
  }

  private void awaitThaw(Instant deadline) {
    Shell.await(
        "the thaw",
        Duration.between(Instant.now(), deadline).plus(AT_ONCE),
        () -> !volume.frozen());
  }

  private void assertNoUnitIsLeft() {
    Shell.await(
        "the unit is gone",
        () ->
            systemd.must("systemctl", "show", "--property=LoadState", unit).contains("not-found"));
    assertThat(systemd.must("systemctl", "list-units", "--all", "--type=service", "--no-legend"))
        .contains("agent.service")
        .doesNotContain("freezeframe");
    assertThat(systemd.must("ls", "-A", "/run")).doesNotContain("freezeframe");
  }

  @Test
  void aRunLeavesNoUnit() {
    freeze(30);
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    assertThat(volume.frozen()).isFalse();
    assertNoUnitIsLeft();
  }

  @Test
  void theTimerThawsThoughTheAgentIsStopped() {
    Instant deadline = freeze(4).stamp("armed").at().plusSeconds(4);
    systemd.must("systemctl", "stop", "agent");
    assertThat(volume.frozen()).isTrue();
    awaitThaw(deadline);
    systemd.must("systemctl", "start", "agent");
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertNoUnitIsLeft();
  }

  @Test
  void theTimerThawsThoughTheAgentIsFrozen() {
    Instant deadline = freeze(4).stamp("armed").at().plusSeconds(4);
    systemd.freezeAgent(true);
    awaitThaw(deadline);
    systemd.freezeAgent(false);
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertNoUnitIsLeft();
  }

  @Test
  void aTimerOfWhichAllProcessesAreKilledAtOneInstantIsStartedAgain() {
    Instant deadline = freeze(9).stamp("armed").at().plusSeconds(9);
    systemd.must("systemctl", "kill", "--kill-whom=all", "--signal=KILL", unit);
    Shell.await(
        "systemd starts it again",
        () -> systemd.must("systemctl", "show", "--property=NRestarts", unit).contains("=1"));
    awaitThaw(deadline);
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertNoUnitIsLeft();
  }

  @Test
  void aUnitThatIsStoppedAsAtAShutdownThaws() {
    freeze(60);
    systemd.must("systemctl", "stop", unit);
    awaitThaw(Instant.now());
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
    assertThat(post.stamp("auto-thawed").values()).containsEntry("reason", "terminated");
    assertNoUnitIsLeft();
  }
}
