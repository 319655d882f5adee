package dev.freezeframe.common;

import java.time.Duration;

/** Lets time pass, as a task does between two looks at a command. */
@FunctionalInterface
public interface Sleeper {

  void pause(Duration duration);

  /** Sleeps for real. */
  static Sleeper sleeping() {
    return duration -> {
      try {
        Thread.sleep(duration.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting", interrupted);
      }
    };
  }
}
