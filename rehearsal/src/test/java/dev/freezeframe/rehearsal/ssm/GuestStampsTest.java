package dev.freezeframe.rehearsal.ssm;

import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_1;
import static dev.freezeframe.rehearsal.ssm.RunCommand.RUN_2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.rehearsal.instance.ScriptBehavior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * Guests print the stamps that the real scripts print: both are held to one golden file, which the
 * tests of the documents compare with what real file systems and servers made them print.
 */
class GuestStampsTest {
  private static final Path GOLDEN =
      Path.of("../ssm-documents/src/test/resources/golden/stamps.txt");
  private static final Path DRILLS =
      Path.of("../ssm-documents/src/test/resources/golden/stamps-drill.txt");
  private static final String OTHER_DRILL = "22222222-2222-4222-8222-222222222222";
  private static final Path CAUSES =
      Path.of("../ssm-documents/src/test/resources/golden/unheld.txt");
  private static final Pattern UNHELD =
      Pattern.compile(" event=unheld .* volumes=(\\S+) cause=\"([^\"]*)\"");
  private static final Pattern KEY =
      Pattern.compile(" ([a-z-]+)=(?:\"(?:[^\"\\\\]|\\\\.)*\"|[A-Za-z0-9._:/@+%,-]+)");

  static List<String> golden() throws IOException {
    return Files.readAllLines(GOLDEN);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void aGuestPrintsWhatTheRealScriptPrints(String line) {
    String[] words = line.split("[ :]+", 4);
    int code = Integer.parseInt(words[2]);
    try (RunCommand run = new RunCommand()) {
      run.ssm.putDocument(
          words[0],
          dev.freezeframe.documents.SsmDocument.valueOf(words[0].toUpperCase(java.util.Locale.ROOT))
              .deployed());
      GetCommandInvocationResponse answer = answer(run, words[0], words[1], code);
      assertThat(answer.responseCode()).isEqualTo(code);
      // No volume is known where the real scripts were tried.
      String shape = shape(answer).replaceAll(" unheld\\([a-z -]*\\)", "");
      assertThat("%s %s %d: %s".formatted(words[0], words[1], code, shape)).isEqualTo(line);
    }
  }

  static List<String> drills() throws IOException {
    return Files.readAllLines(DRILLS);
  }

  @ParameterizedTest
  @MethodSource("drills")
  void aDrillInstancePrintsWhatTheRealScriptPrints(String line) {
    String[] words = line.split("[ :]+", 4);
    int code = Integer.parseInt(words[2]);
    try (DrillScene scene = new DrillScene()) {
      // The first of the real file systems was at rest, the second was not.
      String id = scene.launch(List.of(scene.frozenSet().get(0), scene.laterSet().get(1)));
      scene.stage.pass(DrillScene.BOOTED);
      if (words[3].startsWith("problem")) {
        scene.fates.add(new ScriptBehavior.Exits(code));
      }
      boolean refused = code == 206 && !words[3].startsWith("problem");
      GetCommandInvocationResponse answer =
          scene.drill(
              id,
              words[0],
              Map.of("command", words[1], "executionId", refused ? OTHER_DRILL : DrillScene.DRILL));
      assertThat("%s %s %d: %s".formatted(words[0], words[1], answer.responseCode(), shape(answer)))
          .isEqualTo(line);
    }
  }

  @Test
  void aGuestSaysInTheWordsOfTheRealScriptWhyAVolumeIsNotHeld() throws IOException {
    try (RunCommand run = new RunCommand()) {
      run.ssm.putDocument(
          "filesystem", dev.freezeframe.documents.SsmDocument.FILESYSTEM.deployed());
      List<String> causes = new ArrayList<>();
      for (String execution : List.of(RUN_1, RUN_2)) {
        Matcher unheld =
            UNHELD.matcher(run.run("filesystem", "pre-script", execution).standardOutputContent());
        assertThat(unheld.find()).isTrue();
        causes.add(unheld.group(2));
        run.run("filesystem", "post-script", execution);
        run.guest().swapsTo(unheld.group(1));
      }
      assertThat(causes).isEqualTo(Files.readAllLines(CAUSES));
    }
  }

  private static GetCommandInvocationResponse answer(
      RunCommand run, String document, String command, int code) {
    if (code == 203) {
      run.run(document, "pre-script", RUN_1);
      run.stage.pass(Duration.ofMinutes(2));
    } else if (code == 204 || (command.equals("post-script") && code != 205)) {
      run.run(document, "pre-script", code == 204 ? RUN_2 : RUN_1);
    }
    if (List.of(201, 202, 206).contains(code)) {
      run.fates(new ScriptBehavior.Exits(code));
    }
    return run.run(document, command, RUN_1);
  }

  private static String shape(GetCommandInvocationResponse answer) {
    return answer
        .standardOutputContent()
        .lines()
        .map(GuestStampsTest::shape)
        .collect(Collectors.joining(" "));
  }

  private static String shape(String stamp) {
    Matcher key = KEY.matcher(stamp);
    List<String> keys = key.results().map(found -> found.group(1)).toList();
    assertThat(keys).startsWith("event", "at", "execution", "document");
    assertThat(stamp).as("nothing but keys and values").matches("FREEZEFRAME(" + KEY + ")+");
    String event = stamp.replaceFirst("FREEZEFRAME event=([a-z-]+) .*", "$1");
    return event + keys.stream().skip(4).collect(Collectors.joining(" ", "(", ")"));
  }
}
