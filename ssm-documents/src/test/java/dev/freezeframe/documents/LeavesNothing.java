package dev.freezeframe.documents;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After every test: ends the runs that one which failed has left, or all that follow would find a
 * freeze. Whether a test may leave something is for the test itself to say.
 */
public final class LeavesNothing implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    if (Guest.leftovers().isEmpty()) {
      return;
    }
    for (String left : Guest.leftovers()) {
      Path path = Path.of(left);
      if (path.getParent().equals(Guest.RUN)) {
        end(path);
      }
    }
  }

  /** By its name alone: others on this machine run their own. */
  private static void end(Path run) {
    String timers = run + "/script.sh";
    Shell.run("pkill", "-CONT", "-f", timers);
    Shell.run("pkill", "-TERM", "-f", timers); // thaws at once
    try {
      Shell.await("they end", Duration.ofSeconds(5), () -> !Shell.succeeds("pgrep", "-f", timers));
    } catch (AssertionError stillThere) {
      Shell.run("pkill", "-KILL", "-f", timers);
    }
    Shell.run("rm", "-rf", run.toString());
  }
}
