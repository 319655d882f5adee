package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freezeframe.operator.cli.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Documents of others, reduced from public ones, that Data Lifecycle Manager would run. */
class CasesTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  private JsonNode rehearse(String name) throws IOException, URISyntaxException {
    Path files = Path.of(getClass().getResource("/cases/" + name).toURI());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--policy",
                files.resolve("policy.yaml").toString(),
                "--fleet",
                files.resolve("fleet.json").toString(),
                "--documents",
                files.resolve("documents").toString(),
                "--out",
                folder.toString()));
    if (Files.exists(files.resolve("faults.yaml"))) {
      arguments.addAll(List.of("--faults", files.resolve("faults.yaml").toString()));
    }
    CommandLine commandLine = Main.commandLine(Terminal.NONE);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    assertThat(commandLine.execute(arguments.toArray(String[]::new))).as(out.toString()).isZero();
    return new ObjectMapper().readTree(Files.readString(folder.resolve("run.json")));
  }

  private static JsonNode backup(JsonNode run) {
    return run.at("/runs/0/instances/0");
  }

  @Test
  void aDryRunThatFailsAloneDoesNotDecide() throws Exception {
    JsonNode backup = backup(rehearse("03-dry-run-with-an-id"));

    assertThat(backup.path("consistency").asText()).isEqualTo("APPLICATION");
    assertThat(backup.path("reason").asText())
        .contains(
            "the dry run exited with 1: ",
            "(Data Lifecycle Manager sends no dry run, so this did not decide)");
  }

  @Test
  void aDocumentMayChooseItsStepsByCommand() throws Exception {
    assertThat(backup(rehearse("06-steps-by-command")).path("consistency").asText())
        .isEqualTo("APPLICATION");
  }

  @Test
  void aPostScriptThatRefusesBecauseItsPreScriptHadIsNoStuckFreeze() throws Exception {
    JsonNode run = rehearse("08-post-script-that-refuses");

    assertThat(backup(run).path("consistency").asText()).isEqualTo("CRASH");
    assertThat(backup(run).path("reason").asText())
        .startsWith("not held at the point in time: the pre-script exited with 1: ");
    assertThat(run.path("calls").path("ssm:SendCommand").asInt())
        .as("a dry run, a pre-script and a post-script")
        .isEqualTo(3);
    assertThat(run.path("stillFrozen")).isEmpty();
  }
}
