package dev.freezeframe.task.restore.message;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.task.TaskResult;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a step of a restore is.
 *
 * @param task whose step it is
 * @param done whether the next may begin
 * @param waitSeconds before the next look
 * @param since when the step began, or went on after a redrive
 */
public record RestoreStep(
    String task, boolean done, long waitSeconds, Instant since, String words) {
  private static final Duration MAX_WAIT = Duration.ofMinutes(2);

  /** Each look waits for a tenth of the step's age, so that a day is some hundred looks. */
  private static final int SLOWER = 10;

  public RestoreStep {
    since = since.truncatedTo(MILLIS);
  }

  /** The step is done. */
  public static RestoreStep done(String task, Instant now, String words) {
    return new RestoreStep(task, true, 0, now, words);
  }

  /**
   * The step goes on.
   *
   * @param least to wait for
   * @param most how long the step may take
   * @throws RestoreFailedException if it has taken longer
   */
  public static RestoreStep waiting(
      String task, RestoreInput order, Instant now, Duration least, Duration most, String words) {
    Instant since = began(task, order, now);
    Duration age = Duration.between(since, now);
    if (age.compareTo(most) > 0) {
      throw new RestoreFailedException(
          "%s has waited for %d minutes: %s".formatted(task, age.toMinutes(), words));
    }
    Duration slower = age.dividedBy(SLOWER);
    Duration wait = slower.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : slower;
    return new RestoreStep(
        task, false, (wait.compareTo(least) > 0 ? wait : least).toSeconds(), since, words);
  }

  /** When the step began; a redrive has its own time. */
  public static Instant began(String task, RestoreInput order, Instant now) {
    return order
        .work()
        .step()
        .filter(before -> before.redrives() == order.redrives())
        .map(TaskResult::answer)
        .filter(before -> before.task().equals(task))
        .map(RestoreStep::since)
        .orElse(now);
  }
}
