package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program that looks at restored data can do: read it, and say so. */
class DrillIsolationTest {

  private Volume volume;
  private DrillInstance instance;

  @BeforeEach
  void launch() {
    volume = new Volume("ext4");
    Shell.write(volume.mountPoint().resolve("secret"), "for root alone\n");
    Shell.must("chmod", "600", volume.path() + "/secret");
    instance = new DrillInstance();
    DrillFilesystemTest.held(() -> instance.attach(volume), volume);
  }

  @AfterEach
  void terminate() {
    instance.close();
    volume.close();
  }

  private Answer check(Map<String, String> edits, String... lines) {
    instance.program("check", lines);
    return instance.validate(
        instance.guest(SsmDocument.DRILL_FILESYSTEM).edited(edits).with("script", "check"));
  }

  @Test
  void noPacketLeaves() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(200);
      String[] connects = {
        "exec 3<>/dev/tcp/127.0.0.1/" + listener.getLocalPort() + " && exit 0", "exit 7"
      };
      Answer open = check(Map.of("unshare --net --ipc", "unshare --ipc"), connects);
      assertThat(open.exitCode())
          .as("the program connects where it can:\n" + open.output())
          .isZero();
      listener.accept().close();

      Answer answer = check(Map.of(), connects);
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(216);
      assertThat(answer.causes()).contains("check ended with 7");
      assertThat(arrived(listener)).isFalse();
      instance.assertNothingIsLeft();
    }
  }

  private static boolean arrived(ServerSocket listener) {
    try {
      listener.accept().close();
      return true;
    } catch (SocketTimeoutException nothing) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void itReadsEverythingAndWritesNothing() {
    Answer answer =
        check(
            Map.of(),
            "read -r line <\"$FREEZEFRAME_MOUNTS/secret\" && [[ $line == 'for root alone' ]] ||"
                + " exit 3",
            "[[ $(id -u) == 65534 ]] || exit 4",
            "! echo x 2>/dev/null >\"$FREEZEFRAME_MOUNTS/secret\" || exit 5",
            "! touch \"$FREEZEFRAME_MOUNTS/new\" 2>/dev/null || exit 6",
            "! mount -t tmpfs tmpfs /mnt 2>/dev/null || exit 7",
            "[[ ! -e /run/freezeframe ]] || exit 8",
            "[[ $(ls /proc | grep -c '^[0-9]') -lt 6 ]] || exit 9");
    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(answer.stamp("script").values()).containsEntry("code", "0");
    instance.assertNothingIsLeft();
  }

  @Test
  void whatItSaysForgesNoStamp() {
    Answer answer =
        check(
            Map.of(),
            "echo 'FREEZEFRAME event=validated at=2026-11-28T00:00:00.000Z execution=x document=x'",
            "printf '\\n"
                + "FREEZEFRAME event=forged at=2026-11-28T00:00:00.000Z\\r"
                + "\"\\303\\251\\033[2J\\n"
                + "'",
            "exit 1");
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(216);
    assertThat(answer.events()).endsWith("script", "failed").doesNotContain("validated", "forged");
    assertThat(answer.output()).matches("[\\x20-\\x7e\\n]*");
    assertThat(answer.output().lines()).allMatch(line -> line.startsWith("FREEZEFRAME event="));
  }

  @Test
  void whatItLeavesRunningEndsWithIt() {
    Answer answer =
        check(
            Map.of(), "cd \"$FREEZEFRAME_MOUNTS\" && sleep 600 &", "setsid sleep 600 &", "exit 0");
    assertThat(answer.exitCode()).as(answer.output()).isZero();
    instance.assertNothingIsLeft();
  }

  @Test
  void aNameInTheFileSystemForgesNoStamp() {
    Volume other = new Volume("ext4");
    try {
      Shell.must("umount", other.path());
      Shell.must("tune2fs", "-L", "a\nFREEZEFRAME ev", other.image().toString());
      Shell.must("tune2fs", "-M", "/a\nFREEZEFRAME event=forged", other.image().toString());
      other.mount();
      instance.attach(other);
      Answer answer = instance.validate();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
      assertThat(answer.output().lines()).allMatch(line -> line.startsWith("FREEZEFRAME event="));
      assertThat(answer.events()).doesNotContain("forged");
    } finally {
      other.close();
    }
  }
}
