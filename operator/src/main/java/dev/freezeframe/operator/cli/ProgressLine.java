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

  /** Runs only if the program is interrupted before this is closed. */
  private final Thread interrupted;

  private long shownAt;
  private int shown;

  /**
   * A line that nothing has been said in.
   *
   * @param interrupted what anyone who interrupts the program is told: what is kept, and where
   */
  public ProgressLine(PrintWriter err, Terminal terminal, Supplier<String> interrupted) {
    this(err, terminal, interrupted, System::nanoTime);
  }

  ProgressLine(
      PrintWriter err, Terminal terminal, Supplier<String> interrupted, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
    this.shownAt = nanos.getAsLong();
    this.interrupted = new Thread(() -> leave(interrupted.get()));
    Runtime.getRuntime().addShutdownHook(this.interrupted);
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

  /** The prompt, and what is said last, stand in lines of their own. */
  synchronized void leave(String words) {
    if (shown > 0) {
      err.println();
      shown = 0;
    }
    err.println(words);
    err.flush();
  }

  @Override
  public synchronized void close() {
    erase();
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException endingAlready) {
      // Then it has been run, or will be.
    }
  }
}
