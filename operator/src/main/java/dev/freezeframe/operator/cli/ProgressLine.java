package dev.freezeframe.operator.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says how far something is, on standard error, so that the result can be piped: over itself, about
 * once a second, on a terminal; elsewhere a line each, every ten seconds, without any control
 * character. Several threads may tell of theirs.
 */
public final class ProgressLine implements AutoCloseable {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long SELDOM = TimeUnit.SECONDS.toNanos(10);

  private final PrintWriter err;
  private final Terminal terminal;
  private final LongSupplier nanos;

  /** Anyone who interrupts finds the prompt in a line of its own. */
  private final Thread interrupted = new Thread(this::leave);

  private long shownAt;
  private int shown;

  public ProgressLine(PrintWriter err, Terminal terminal) {
    this(err, terminal, System::nanoTime);
  }

  ProgressLine(PrintWriter err, Terminal terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
    this.shownAt = nanos.getAsLong();
    if (terminal.progress().isPresent()) {
      Runtime.getRuntime().addShutdownHook(interrupted);
    }
  }

  /** Something else begins, such as "writing run.json": a terminal says so at once. */
  public synchronized void begin(String text) {
    if (terminal.progress().isPresent()) {
      print(text);
    }
  }

  /** How far it is, if it is time to say so. */
  public synchronized void show(Supplier<String> text) {
    if (nanos.getAsLong() - shownAt >= (terminal.progress().isPresent() ? EVERY : SELDOM)) {
      print(text.get());
    }
  }

  /** A line that stays. */
  public synchronized void say(String line) {
    erase();
    err.println(line);
  }

  private void print(String text) {
    shownAt = nanos.getAsLong();
    if (terminal.progress().isEmpty()) {
      err.println(text);
    } else {
      erase();
      String line = Sentence.of(text, terminal.progress().getAsInt() - 1);
      err.print(line);
      shown = line.length();
    }
    err.flush();
  }

  private void erase() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
  }

  private synchronized void leave() {
    if (shown > 0) {
      err.println();
      err.flush();
    }
  }

  @Override
  public synchronized void close() {
    erase();
    if (terminal.progress().isPresent()) {
      try {
        Runtime.getRuntime().removeShutdownHook(interrupted);
      } catch (IllegalStateException endingAlready) {
        // Then it has been run, or will be, and has nothing left to do.
      }
    }
  }
}
