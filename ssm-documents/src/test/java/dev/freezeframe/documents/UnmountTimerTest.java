package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guest's own net under an unmounted file system. */
class UnmountTimerTest extends UnmountTrial {

  @Override
  String type() {
    return "ext4";
  }

  private void awaitAll() {
    Shell.await(
        "all is back", () -> volume.mounted() && systemctl.runs(UNIT) && systemctl.runs(FRONT));
  }

  @Test
  void itMountsAndStartsThoughItIsKilledInTheMiddle() {
    Path killed = folder.resolve("killed");
    guest
        .timer("6")
        .standIn(
            "mount",
            "if [[ $* == *' . '* || $* == *' .' ]] && mkdir '" + killed + "' 2>/dev/null; then",
            "  read -r timer _ <" + Guest.RUN.resolve(execution) + "/armed; kill -KILL $timer",
            "  exit 1",
            "fi",
            "exec /bin/mount \"$@\"");
    pre();
    awaitAll();
    assertThat(killed).exists();
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertAllIsBack();
  }

  @Test
  void itMountsAtOnceWhenItIsToldToEnd() {
    pre();
    Shell.must("pkill", "-TERM", "-f", Guest.RUN.resolve(execution) + "/script.sh");
    awaitAll();
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isEqualTo(203);
    assertThat(post.stamp("auto-thawed").values()).containsEntry("reason", "terminated");
    assertAllIsBack();
  }

  @Test
  void itMountsWhenSomeoneRemovesTheState() {
    pre();
    Shell.must("rm", "-rf", Guest.RUN.toString());
    awaitAll();
    assertThat(guest.post(execution).exitCode()).isEqualTo(205);
    assertAllIsBack();
  }

  @Test
  void theNextRunMountsWhatAKilledTimerLeft() throws IOException {
    guest.timer("6");
    pre();
    FilesystemFailureTest.killTimer(execution);
    String next = Guest.newExecution();
    Shell.await("the next run takes over", () -> guest.timer("30").pre(next).exitCode() == 0);
    assertThat(guest.post(next).exitCode()).isZero();
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    assertAllIsBack();
  }
}
