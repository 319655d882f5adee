package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateDocumentTest {

  @Test
  void asItStandsItHoldsNothing() {
    try (Guest guest = new Guest(SsmDocument.TEMPLATE)) {
      String execution = Guest.newExecution();
      assertThat(guest.dryRun().exitCode()).isZero();
      assertThat(guest.pre(execution).stamp("frozen").values()).containsEntry("mounts", "0");
      assertThat(guest.post(execution).exitCode()).isZero();
      assertThat(Guest.leftovers()).isEmpty();
    }
  }

  @Test
  void whatIsFilledInIsHeldAndLetGoByTheTimerToo() {
    try (Guest guest = new Guest(SsmDocument.TEMPLATE).with("autoThawSeconds", "2")) {
      Path mark = guest.newFile("held");
      filledIn(guest, mark);
      String execution = Guest.newExecution();
      Answer pre = guest.pre(execution);
      assertThat(pre.exitCode()).as(pre.output()).isZero();
      assertThat(pre.stamp("frozen").values()).containsEntry("position", "7 of 9");
      assertThat(mark).exists();
      Guest.awaitWord(execution);
      assertThat(mark).doesNotExist();
      assertThat(guest.post(execution).exitCode()).isEqualTo(203);
    }
  }

  /** An application that is at rest while a file exists. */
  static Guest filledIn(Guest guest, Path mark) {
    return guest.edited(
        Map.of(
            "  # my-application-ctl pause --wait 5 ||",
            "  touch '" + mark + "' ||",
            "  # my-application-ctl resume",
            "  rm -f '" + mark + "'",
            "  # printf 'position %s\\n' \"$(cat \"$STATE/position\")\"",
            "  echo 'position 7 of 9'"));
  }

  @Test
  void everyExitCodeOfTheFrameHasItsCause() {
    String first = Guest.newExecution();
    try (Volume volume = new Volume("ext4");
        Guest guest = new Guest(SsmDocument.TEMPLATE).with("mountPoints", volume.path());
        Guest stubborn =
            new Guest(SsmDocument.TEMPLATE)
                .edited(Map.of("  # my-application-ctl pause --wait 5 ||", "  false ||"));
        Guest unready = new Guest(SsmDocument.TEMPLATE).with("mountPoints", "/not/there")) {
      assertExit(unready.dryRun(), 206);
      assertExit(stubborn.pre(Guest.newExecution()), 201);
      assertExit(guest.pre(first), 0);
      assertExit(guest.pre(Guest.newExecution()), 204);
      assertExit(guest.post(Guest.newExecution()), 205);
      try (Guest unlucky = new Guest(SsmDocument.TEMPLATE)) {
        FilesystemFailureTest.refusesToThaw(unlucky, volume);
        assertExit(unlucky.post(first), 202);
      }
      assertExit(guest.post(first), 0);
      assertThat(volume.frozen()).isFalse();
    }
    assertThat(Guest.leftovers()).isEmpty();
  }

  private static void assertExit(Answer answer, int code) {
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(code);
  }

  @Test
  void aShellThatIsNotBashHandsOverToBash(@TempDir Path folder) {
    Path script = folder.resolve("_script.sh");
    Shell.write(script, DocumentYaml.of(SsmDocument.TEMPLATE).script(Map.of()));
    for (String shell : List.of("sh", "bash", "bash --posix")) {
      Answer answer = Shell.run("sh", "-c", shell + " '" + script + "'");
      assertThat(answer.exitCode()).as(answer.output()).isZero();
      assertThat(answer.events()).containsExactly("dry-run-ok");
    }
  }

  @Test
  void aGuestWithoutBashIsNotReady(@TempDir Path folder) {
    Path script = folder.resolve("_script.sh");
    Shell.write(script, DocumentYaml.of(SsmDocument.TEMPLATE).script(Map.of()));
    Shell.must("sh", "-c", "cp \"$(command -v date)\" " + folder);
    Answer answer = Shell.run(List.of("sh", script.toString()), Map.of("PATH", folder.toString()));
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.stamp("refused").values())
        .containsEntry("document", "template")
        .containsEntry("cause", "bash is missing");
  }
}
