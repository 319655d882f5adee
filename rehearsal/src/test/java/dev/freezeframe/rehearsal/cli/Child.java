package dev.freezeframe.rehearsal.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that a test starts, listens to and interrupts; it is killed if it goes on for long. */
final class Child implements AutoCloseable {
  private static final long MAX_SECONDS = 300;
  private static final String ENV = "/usr/bin/env";
  private static final String DEFAULT_SIGNAL = "--default-signal=INT";

  private final Process process;
  private final BufferedReader err;
  private final StringBuilder heard = new StringBuilder();

  private Child(Process process) {
    this.process = process;
    this.err = process.errorReader(StandardCharsets.UTF_8);
    CompletableFuture.delayedExecutor(MAX_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  /** Starts it; SIGINT reaches it even if the process that runs the tests ignores it. */
  static Child start(ProcessBuilder builder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(builder.command());
    if (canBeReset()) {
      command.addAll(0, List.of(ENV, DEFAULT_SIGNAL));
    }
    return new Child(builder.command(command).start());
  }

  /**
   * Not every {@code env} can; where it can't, the process that runs the tests has to listen to
   * SIGINT.
   */
  private static boolean canBeReset() throws IOException, InterruptedException {
    return new ProcessBuilder(ENV, DEFAULT_SIGNAL, "true").start().waitFor() == 0;
  }

  /** Listens to standard error until a text has come. */
  void hear(String text) throws IOException {
    while (heard.indexOf(text) < 0) {
      int letter = err.read();
      if (letter < 0) {
        throw new AssertionError("expected to hear '%s', heard: %s".formatted(text, heard));
      }
      heard.append((char) letter);
    }
  }

  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid()).start().waitFor();
  }

  /** The first line of standard output, which is closed then. */
  String firstLine() throws IOException {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.readLine();
    }
  }

  String out() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** All that it said on standard error. */
  String err() throws IOException {
    for (int letter = err.read(); letter >= 0; letter = err.read()) {
      heard.append((char) letter);
    }
    return heard.toString();
  }

  /** Its exit status, once it has ended. */
  int status() throws InterruptedException {
    return process.waitFor();
  }

  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }
}
