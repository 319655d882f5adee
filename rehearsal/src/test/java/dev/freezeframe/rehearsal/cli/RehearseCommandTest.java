package dev.freezeframe.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RehearseCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int rehearse(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  private Path results() {
    return folder.resolve("results");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void theExampleShowsEveryKindOfEndAndSucceeds() throws IOException {
    assertThat(rehearse("--out", results().toString())).isZero();

    assertThat(out.toString())
        .contains("APPLICATION", "CRASH", "SKIPPED", "Calls: ", "ec2:CreateSnapshots")
        .contains("Written: " + results().resolve("run.json"));
    JsonNode run = new ObjectMapper().readTree(Files.readString(results().resolve("run.json")));
    assertThat(run.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "seed",
            "policy",
            "endedAt",
            "runs",
            "calls",
            "stillFrozen",
            "deletions",
            "kept",
            "ledger",
            "ec2Snapshots");
    assertThat(run.path("ledger").findValues("timeoutSeconds"))
        .isNotEmpty()
        .allMatch(JsonNode::isInt);
    assertThat(run.path("stillFrozen")).isEmpty();
    assertThat(run.path("runs").get(0).path("instances")).hasSize(11);
  }

  @Test
  void aFailedBackupEndsWithOneAndSaysWhichAndWhy() throws IOException {
    Path faults =
        file(
            "faults.yaml",
            "faults: [{instance: \"*\", at: create-snapshots, do: error, times: 99}]");

    assertThat(rehearse("--out", results().toString(), "--faults", faults.toString())).isOne();
    assertThat(out.toString()).contains("FAILED", "no snapshots");
  }

  @Test
  void severalDaysFireTheScheduleAsOftenAsItFallsDue() throws IOException {
    assertThat(rehearse("--out", results().toString(), "--days", "3")).isZero();

    JsonNode run = new ObjectMapper().readTree(Files.readString(results().resolve("run.json")));
    assertThat(run.path("runs")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--days 0 | rehearse: --days is 0, expected 1 to 3660; see ./rehearse --help",
        "--days soon | rehearse: Invalid value for option '--days'",
        "--speed 3 | rehearse: Unknown options: '--speed', '3'; see ./rehearse --help",
        "--volumes v.json | rehearse: --volumes describes the volumes of a --fleet",
        "--policy nowhere.yaml | nowhere.yaml",
        "--fleet nowhere.json | nowhere.json",
        "--faults nowhere.yaml | nowhere.yaml",
        "--documents nowhere | --documents: expected a folder of SSM documents, found nowhere",
        "--pending-limit 0 | rehearse: --pending-limit is 0, expected at least 1"
      })
  void whatCannotBeUsedIsSaidInOneSentenceAndNothingIsWritten(String flags, String sentence) {
    String[] arguments = ("--out " + results() + " " + flags).split(" ");

    assertThat(rehearse(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
    assertThat(results()).doesNotExist();
  }

  @Test
  void everyFaultOfAPolicyIsNamedAtOnce() throws IOException {
    Path policy = file("wrong.yaml", "name: daily\nscripts: {timeout: 5s, retries: 9}\n");

    assertThat(rehearse("--out", results().toString(), "--policy", policy.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("scripts.document", "scripts.timeout is", "scripts.retries is");
    assertThat(results()).doesNotExist();
  }

  @Test
  void emptyFilesAreRefused() throws IOException {
    String empty = file("empty", "").toString();

    assertThat(rehearse("--policy", empty, "--out", results().toString())).isEqualTo(2);
    assertThat(rehearse("--fleet", empty, "--out", results().toString())).isEqualTo(2);
    assertThat(rehearse("--faults", empty, "--out", results().toString())).isEqualTo(2);
    assertThat(results()).doesNotExist();
  }

  @Test
  void aFileInTheWayOfTheFolderIsNamed() throws IOException {
    Path inTheWay = file("taken", "");

    assertThat(rehearse("--out", inTheWay.resolve("results").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("expected a folder, found the file " + inTheWay);
  }

  @Test
  void helpNamesEveryFlag() {
    assertThat(rehearse("--help")).isZero();
    assertThat(out.toString())
        .contains("--policy", "--fleet", "--volumes", "--faults", "--days", "--seed", "--out");
  }

  @Test
  void whatARehearsalKeptAndDeletedIsExplainedAfterwards() throws IOException {
    Path policy =
        file(
            "short.yaml", "name: short\nschedule: {cron: \"0 2 * * ? *\"}\nretention: {days: 1}\n");
    rehearse("--out", results().toString(), "--days", "4", "--policy", policy.toString());
    JsonNode run = new ObjectMapper().readTree(Files.readString(results().resolve("run.json")));
    String deleted = run.path("deletions").get(0).path("snapshotId").asText();
    String instance = run.path("kept").get(0).path("instanceId").asText();
    StringWriter words = new StringWriter();

    assertThat(explain(words, deleted)).isZero();
    assertThat(words.toString()).contains("taken by policy short", "deleted at 2026-11-2", "age");
    assertThat(explain(words, instance)).isZero();
    assertThat(words.toString()).contains("kept, asked about again at 2026-11-");
    assertThat(explain(words, "snap-0123456789abcdef0")).isOne();
    assertThat(err.toString()).contains("snap-0123456789abcdef0 is not in the ledger");
  }

  private int explain(StringWriter words, String id) {
    return Main.commandLine()
        .setOut(new PrintWriter(words, true))
        .setErr(new PrintWriter(err, true))
        .execute("explain", id, "--out", results().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | run.json: expected the result of a rehearsal, found none",
        "{} | run.json: expected what ./rehearse writes",
        "{\"ledger\": [], \"endedAt\": \"soon\"} | run.json: expected what ./rehearse writes",
        "{\"ledger\": [{\"pk\": null}], \"endedAt\": \"2026-11-22T00:00:00Z\"} | run.json: expected what",
        "no json | run.json: expected what ./rehearse writes"
      })
  void whatNoRehearsalWroteIsNotExplained(String text, String sentence) throws IOException {
    if (!text.isEmpty()) {
      Files.writeString(Files.createDirectories(results()).resolve("run.json"), text);
    }

    assertThat(explain(new StringWriter(), "snap-0123456789abcdef0")).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
    assertThat(err.toString().lines()).hasSize(1);
  }
}
