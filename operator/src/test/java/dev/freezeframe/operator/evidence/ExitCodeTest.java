package dev.freezeframe.operator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freezeframe.consistency.script.ScriptRun;
import dev.freezeframe.drill.DrillCheck;
import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillJudgement;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.policy.Drill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
  private static final Instant AT = Instant.parse("2026-11-28T08:00:00Z");
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| .* \\| (\\w+) \\|");

  private static Matcher row(ExitCode code) {
    Matcher row = ROW.matcher(code.row());
    assertThat(row.matches()).isTrue();
    return row;
  }

  /** A drill whose validation exited so. */
  private static DrillRow exited(int code) {
    DrillRow begun =
        DrillRow.of(
            DrillId.of(DrawnQuarter.FILES, DrawnQuarter.PROVED, AT),
            new DrillOrder(
                DrawnQuarter.FILES,
                DrawnQuarter.drill(90, Drill.Level.L2),
                DrawnQuarter.set(DrawnQuarter.PROVED),
                DrawnQuarter.PROVED,
                "its turn"),
            "arn:execution",
            AT,
            Optional.empty());
    DrillCheck check =
        new DrillCheck(
            code == 0 ? ScriptRun.Ending.SUCCEEDED : ScriptRun.Ending.FAILED,
            code,
            "",
            Map.of(),
            List.of(),
            AT);
    return new DrillRow(
        begun.id(),
        begun.order(),
        begun.execution(),
        begun.startedAt(),
        begun.plan(),
        begun.reached(),
        new DrillRow.Found(
            Optional.empty(),
            Optional.empty(),
            1,
            Map.of(),
            Map.of(DrillCommand.VALIDATE, check),
            Optional.empty()),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void theVerdictOfACodeIsThatOfADrillThatEndsWithIt(ExitCode code) {
    Matcher row = row(code);

    assertThat(
            DrillJudgement.of(exited(Integer.parseInt(row.group(1))), Optional.empty()).verdict())
        .hasToString(row.group(2));
  }

  @Test
  void aCodeOfADocumentOfOthersIsAFailure() {
    assertThat(DrillJudgement.of(exited(7), Optional.empty()).verdict()).hasToString("FAILED");
    assertThat(ExitCode.meaningOf(7)).isEqualTo("a code that the document itself defines");
    assertThat(ExitCode.meaningOf(-1)).isEqualTo("it did not end by itself");
  }

  @Test
  void theDocumentationHasTheSameTable() throws IOException {
    assertThat(
            Files.readAllLines(Path.of(System.getProperty("freezeframe.root"), "docs/drills.md")))
        .containsSubsequence(Stream.of(ExitCode.values()).map(ExitCode::row).toList());
  }
}
