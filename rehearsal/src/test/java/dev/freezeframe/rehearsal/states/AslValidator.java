package dev.freezeframe.rehearsal.states;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Validates state machine files with npm's {@code asl-validator}, which runs on Node. */
public final class AslValidator {
  private AslValidator() {}

  /**
   * Validates a file.
   *
   * <p>The validator takes {@code "${Placeholder}"} for an ARN, but not a placeholder inside a
   * longer text, so that one is replaced by a dummy before.
   *
   * @return what is wrong, a line each; empty if nothing is
   */
  public static List<String> validate(Path file) {
    Path modules = Path.of(System.getProperty("freezeframe.root"), "node_modules");
    try {
      Path filled = Files.createTempFile("state-machine", ".asl.json");
      try {
        Files.writeString(filled, withoutInnerPlaceholders(Files.readString(file)));
        return run(
            "node",
            modules.resolve("asl-validator/dist/bin/asl-validator.js").toString(),
            "--json-path",
            filled.toString());
      } finally {
        Files.delete(filled);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("expected node and .mvn/node-tools to have run", failed);
    }
  }

  private static String withoutInnerPlaceholders(String asl) {
    return asl.replaceAll("(?<!\")\\$\\{[^}]+}|\\$\\{[^}]+}(?!\")", "dummy");
  }

  private static List<String> run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() == 0) {
        return List.of();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
    return Stream.concat(Stream.of("not valid"), Arrays.stream(output.split("\\R", -1)))
        .filter(line -> !line.isBlank())
        .toList();
  }
}
