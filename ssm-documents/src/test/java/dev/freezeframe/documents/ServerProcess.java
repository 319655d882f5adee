package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A server's process, from when it answers to when it has ended. */
final class ServerProcess implements AutoCloseable {

  private final Process process;

  ServerProcess(List<String> command, Path log, BooleanSupplier answers) {
    try {
      process = Shell.start(command, Map.of(), log);
      Shell.await(
          "the server answers; see " + log,
          Duration.ofMinutes(3),
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError("the server ended:\n" + read(log));
            }
            return answers.getAsBoolean();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    Shell.await("the server ends", Duration.ofSeconds(60), () -> !process.isAlive());
  }
}
