package dev.freezeframe.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeframeCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int freezeframe(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void helpNamesTheCommandsAndTheExitStatus() {
    assertThat(freezeframe("--help")).isZero();
    assertThat(out.toString()).contains("./freezeframe", "Exit status");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tabel x | freezeframe: Unknown options: '--tabel', 'x'; see ./freezeframe --help",
        "'' | freezeframe: expected a command, found none; see ./freezeframe --help",
      })
  void whatCannotBeUsedIsRefusedInOneSentence(String line, String sentence) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

    assertThat(freezeframe(arguments)).isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip()).isEqualTo(sentence);
    assertThat(out.toString()).isEmpty();
  }
}
