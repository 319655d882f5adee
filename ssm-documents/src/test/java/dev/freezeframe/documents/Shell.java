package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Programs of the machine, and waiting for them. */
final class Shell {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Shell() {}

  static Answer run(String... command) {
    return run(List.of(command), Map.of());
  }

  static Answer run(List<String> command, Map<String, String> environment) {
    try {
      // A file, not a pipe: a process that outlives the command may keep its output open.
      Path output = Files.createTempFile("freezeframe-output", ".txt");
      try {
        Process process = start(command, environment, output);
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(command + " has not ended:\n" + Files.readString(output));
        }
        return new Answer(process.exitValue(), Files.readString(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static Process start(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder.start();
  }

  /** Runs a command that has to succeed. */
  static String must(String... command) {
    Answer answer = run(command);
    if (answer.exitCode() != 0) {
      throw new AssertionError(
          String.join(" ", command) + ": " + answer.exitCode() + "\n" + answer.output());
    }
    return answer.output();
  }

  static boolean succeeds(String... command) {
    return run(command).exitCode() == 0;
  }

  static boolean has(String program) {
    return succeeds("sh", "-c", "command -v " + program);
  }

  static void await(String what, Duration limit, BooleanSupplier condition) {
    Instant end = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not within " + limit + ": " + what);
      }
      pause(Duration.ofMillis(50));
    }
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, Duration.ofSeconds(20), condition);
  }

  static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void write(Path file, String content) {
    try {
      Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
