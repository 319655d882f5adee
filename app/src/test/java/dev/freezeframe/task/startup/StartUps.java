package dev.freezeframe.task.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts commands, and measures each up to its first call to AWS. */
final class StartUps implements AutoCloseable {
  private static final Duration MAX_DURATION = Duration.ofMinutes(2);

  private final FirstCall aws;
  private final Path errors;
  private volatile CompletableFuture<StartUp> first = new CompletableFuture<>();
  private volatile Running running;

  /**
   * Opens the endpoint that commands call.
   *
   * @param errors where the last command's standard error is left
   */
  StartUps(Path errors) {
    this.errors = errors;
    this.aws = new FirstCall(action -> first.complete(running.until(action)));
  }

  /**
   * Starts a command.
   *
   * @param classLog where the JVM writes a line for each class; null: nobody counts
   * @param restored whether it says when it is restored, and is measured from then
   */
  StartUp start(List<String> command, Path classLog, boolean restored) {
    first = new CompletableFuture<>();
    Process process = null;
    try {
      if (classLog != null) {
        Files.deleteIfExists(classLog);
      }
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().putAll(environment());
      long begin = System.nanoTime();
      process = builder.start();
      running = new Running(process.toHandle(), begin, Duration.ZERO, 0, classLog);
      if (restored) {
        restore(process, classLog);
      }
      StartUp start = first.get(MAX_DURATION.toSeconds(), TimeUnit.SECONDS);
      process.waitFor(MAX_DURATION.toSeconds(), TimeUnit.SECONDS);
      return start;
    } catch (IOException | InterruptedException | ExecutionException | TimeoutException failed) {
      throw new IllegalStateException(
          "%s: expected a call of AWS, found none; what it said is in %s"
              .formatted(String.join(" ", command), errors),
          failed);
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private void restore(Process process, Path classLog) throws IOException {
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (!StartOfTask.READY.equals(line)) {
      throw new IllegalStateException("expected %s, found %s".formatted(StartOfTask.READY, line));
    }
    ProcessHandle handle = process.toHandle();
    running = new Running(handle, System.nanoTime(), cpu(handle), lines(classLog).size(), classLog);
    process.outputWriter().append('\n').flush();
  }

  private Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", aws.url(),
        "AWS_REGION", "eu-central-1",
        // The one that Python reads; Lambda sets both.
        "AWS_DEFAULT_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "bench",
        "AWS_SECRET_ACCESS_KEY", "bench",
        "LEDGER_TABLE", "ledger");
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The JVM may be about to write the last line. */
  private static List<String> lines(Path log) {
    if (log == null) {
      return List.of();
    }
    try {
      String text = Files.readString(log);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    aws.close();
  }

  /** What is measured from. */
  private record Running(
      ProcessHandle process, long begin, Duration spent, int classes, Path classLog) {

    StartUp until(String action) {
      Duration wall = Duration.ofNanos(System.nanoTime() - begin);
      Duration cpu = cpu(process).minus(spent);
      List<String> loaded = lines(classLog);
      return new StartUp(action, wall, cpu, loaded.subList(classes, loaded.size()));
    }
  }
}
