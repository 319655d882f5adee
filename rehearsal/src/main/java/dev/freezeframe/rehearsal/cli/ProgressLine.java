package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.rehearsal.run.Progress;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * Says how far a rehearsal is, about once a second: over itself on a terminal, a line each
 * elsewhere. It goes to standard error, so that the result can be piped.
 */
final class ProgressLine implements AutoCloseable {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final long SELDOM = TimeUnit.SECONDS.toNanos(10);

  private final PrintWriter err;
  private final boolean terminal = Boolean.getBoolean("freezeframe.terminal");
  private long shownAt = System.nanoTime();
  private boolean shown;

  ProgressLine(PrintWriter err) {
    this.err = err;
  }

  void show(Progress progress) {
    long now = System.nanoTime();
    if (now - shownAt < (terminal ? EVERY : SELDOM)) {
      return;
    }
    shownAt = now;
    long ended = progress.backups().stream().filter(backup -> backup.endedAt().isPresent()).count();
    String line =
        "virtual time %s: %d of %d backups have ended"
            .formatted(progress.now(), ended, progress.backups().size());
    if (terminal) {
      err.print("\r" + line + "   ");
    } else {
      err.println(line);
    }
    err.flush();
    shown = true;
  }

  @Override
  public void close() {
    if (shown && terminal) {
      err.print("\r" + " ".repeat(78) + "\r");
      err.flush();
    }
  }
}
