package dev.freezeframe.rehearsal.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.operator.explain.Subject;
import dev.freezeframe.rehearsal.ledger.RunJsonLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./rehearse explain}. */
@Command(
    name = "explain",
    sortOptions = false,
    header =
        "Says why a snapshot of the last rehearsal is kept and until when, or why it was deleted.",
    description = {
      "",
      "Of an instance: its sets, the one that expires next first, and why its last backup took none."
          + " The ledger is that of the end of the rehearsal; ./freezeframe explain reads that of a"
          + " deployment.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 explained; 1 it is not in the ledger; 2 an option or the file cannot be used."
    })
final class ExplainRehearsalCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ID",
      description =
          "a snapshot (snap-...), an instance (i-... or its tag Name) or a set (kept[].setId)")
  private String id;

  @Mixin private final OutFolder out = new OutFolder();

  ExplainRehearsalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path file = out.run();
    JsonNode run = read(file);
    Subject subject =
        Subject.of(
            instanceNamed(run).orElse(id),
            "i-... or the tag Name of one in %s, or of another rehearsal with --out FOLDER"
                .formatted(file));
    try {
      RunJsonLedger written = RunJsonLedger.of(run);
      return subject.explain(
          written.ledger(), file.toString(), written.end(), spec.commandLine(), terminal.columns());
    } catch (DateTimeException | IllegalArgumentException unusable) {
      throw notOfARehearsal(file);
    }
  }

  /** The instance whose tag Name the id is. */
  private Optional<String> instanceNamed(JsonNode run) {
    for (JsonNode firing : run.path("runs")) {
      for (JsonNode instance : firing.path("instances")) {
        if (instance.path("name").asText().equals(id)) {
          return Optional.of(instance.path("instanceId").asText());
        }
      }
    }
    return Optional.empty();
  }

  private static JsonNode read(Path file) {
    if (!Files.exists(file)) {
      throw new BadInputException(
          "%s: expected the result of a rehearsal, found none; run ./rehearse --days N first"
              .formatted(file));
    }
    try {
      JsonNode run = Json.mapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
      if (run.path("ledger").isArray() && run.path("endedAt").isTextual()) {
        return run;
      }
      throw notOfARehearsal(file);
    } catch (JsonProcessingException malformed) {
      throw notOfARehearsal(file);
    } catch (IOException unreadable) {
      throw new BadInputException(
          "%s could not be read: %s".formatted(file, unreadable.getMessage()));
    }
  }

  private static BadInputException notOfARehearsal(Path file) {
    return new BadInputException(
        "%s: expected what ./rehearse writes, with ledger and endedAt, found something else"
            .formatted(file));
  }
}
