package dev.freezeframe.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeframeCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Terminal terminal = Terminal.NONE;

  private int freezeframe(String... arguments) {
    return Main.commandLine(terminal)
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
  @CsvSource({"40", "54", "55", "80", "200"})
  void helpFitsTheTerminal(int columns) {
    terminal = new Terminal(OptionalInt.of(columns), OptionalInt.empty(), false);
    freezeframe("--help");
    freezeframe("explain", "--help");
    freezeframe("import-dlm", "--help");
    freezeframe("report", "--help");
    freezeframe("restore", "--help");
    freezeframe("restore", "undo", "--help");

    assertThat(out.toString())
        .contains("Exit status", "explain", "--table=NAME", "--out=FOLDER", "--days=N")
        .doesNotContain("\t", "\u001b");
    assertThat(out.toString().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
  }

  @ParameterizedTest
  @CsvSource({"80, true", "40, false"})
  void helpIsColouredWhereTheTerminalMayAndCanShowIt(int columns, boolean coloured) {
    terminal = new Terminal(OptionalInt.of(columns), OptionalInt.empty(), true);
    freezeframe("--help");

    assertThat(out.toString().contains("\u001b[")).isEqualTo(coloured);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hlep | freezeframe: --hlep is no option of ./freezeframe, expected --help; see ./freezeframe --help",
        "exlpain i-1 | freezeframe: exlpain is no command of ./freezeframe, expected explain; see ./freezeframe --help",
        "report --table x --dyas 3 | freezeframe: --dyas is no option of ./freezeframe report, expected --days; see ./freezeframe report --help",
        "report --table x --days 2.5 | freezeframe: Invalid value for option '--days': it is '2.5', expected a whole number of 18 digits at most; see ./freezeframe report --help",
        "report --table x --days 3000000000 | freezeframe: Invalid value for option '--days': it is 3000000000, expected 2147483647 at most; see ./freezeframe report --help",
        "report --table x --out= | freezeframe: Invalid value for option '--out': it is empty, expected a file or a folder; see ./freezeframe report --help",
        "'' | freezeframe: expected a command, found none; see ./freezeframe --help",
      })
  void whatCannotBeUsedIsRefusedInOneSentence(String line, String sentence) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");

    assertThat(freezeframe(arguments)).isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString().strip()).isEqualTo(sentence);
    assertThat(out.toString()).isEmpty();
  }
}
