package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.operator.cli.Commands;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.rehearsal.run.Mutation;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateCommandTest {
  /** Names of executions that Step Functions does not take. */
  static final Mutation NAMES_TOO_LONG =
      new Mutation() {
        @Override
        public RequestStreamHandler function(String name, RequestStreamHandler real) {
          if (!name.equals("SelectTargets")) {
            return real;
          }
          return (input, output, context) -> {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            real.handleRequest(input, answer, context);
            output.write(
                answer
                    .toString(StandardCharsets.UTF_8)
                    .replaceAll("(\"executionName\":\"i-[^\"]*)\"", "$1" + "x".repeat(40) + "\"")
                    .getBytes(StandardCharsets.UTF_8));
          };
        }
      };

  @TempDir private Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int simulation(Mutation mutation, OptionalInt columns, String... arguments) {
    CommandLine line =
        new CommandLine(
            new SimulateCommand(new Terminal(columns, OptionalInt.empty(), false), mutation));
    return Commands.prepare(line)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void theNameOfTheLastReleaseStillWorks() {
    assertThat(Main.renamed("storm", "--seeds", "1..2"))
        .containsExactly("simulate", "--seeds", "1..2");
    assertThat(Main.renamed("explain", "storm")).containsExactly("explain", "storm");
    assertThat(Main.renamed()).isEmpty();
  }

  @Test
  void seedsThatKeepEveryPromiseAreCountedWithWhatTheyMet() {
    assertThat(simulation(Mutation.NONE, OptionalInt.empty(), "--seeds", "1..2")).isZero();

    assertThat(out.toString()).startsWith("2 seeds (1..2), ").contains("0 seeds with violations");
    // A slow machine is told how far it is.
    assertThat(err.toString().lines()).allMatch(line -> line.matches("\\d of 2 seeds, 0 failed"));
  }

  @Test
  void aSeedThatBreaksOneSaysSoAtOnceHowToRepeatItAndTheLeastThatBreaksIt() {
    assertThat(
            simulation(
                NAMES_TOO_LONG,
                OptionalInt.of(60),
                "--seeds",
                "1..1",
                "--out",
                temporary.toString()))
        .isOne();

    assertThat(err.toString()).startsWith("seed 1: ").doesNotContain("\r");
    assertThat(out.toString())
        .startsWith("Seed 1, again with ./rehearse simulate --seeds 1..1")
        .contains("Shrunk to:", "1 seeds (1..1), ");
    assertThat(out.toString().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seeds 9..1 | simulate: --seeds is '9..1', expected A..B such as 1..1000",
        "--seeds many | simulate: --seeds is 'many', expected A..B such as 1..1000",
        "--minutes 0 | simulate: --minutes is 0, expected 1 to 10000",
        "target --seeds 1..2 | simulate: FOLDER is played as it is, expected no --seeds,"
            + " --minutes, --restores or --drills beside it"
      })
  void whatCannotBeUsedIsRefusedInOneSentence(String flags, String sentence) {
    assertThat(simulation(Mutation.NONE, OptionalInt.empty(), flags.split(" ", -1)))
        .isEqualTo(Commands.BAD_INPUT);
    assertThat(err.toString()).startsWith(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }
}
