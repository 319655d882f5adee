package dev.freezeframe.task.drill;

import static java.time.temporal.ChronoUnit.MILLIS;

import dev.freezeframe.task.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a step of a drill is.
 *
 * @param task whose step it is
 * @param done whether the state machine goes on
 * @param failed whether the drill goes on no more, and what is left of it is to be taken away
 * @param nothing whether there is nothing to take away for an execution that was started for that
 * @param waitSeconds before the next look
 * @param since when the step began, or went on after a redrive
 * @param left what could not be taken away
 */
public record DrillStep(
    String task,
    boolean done,
    boolean failed,
    boolean nothing,
    long waitSeconds,
    Instant since,
    String words,
    List<String> left) {
  private static final Duration MAX_WAIT = Duration.ofMinutes(2);

  /** Each look waits for a tenth of the step's age, so that half a day is some hundred looks. */
  private static final int SLOWER = 10;

  public DrillStep {
    since = since.truncatedTo(MILLIS);
    left = List.copyOf(left);
  }

  /** The next step may begin. */
  static DrillStep done(String task, Instant now, String words) {
    return new DrillStep(task, true, false, false, 0, now, words, List.of());
  }

  /** The drill goes on no more; why is on record. */
  static DrillStep failed(String task, Instant now, String words) {
    return new DrillStep(task, true, true, false, 0, now, words, List.of());
  }

  /** The state machine waits, and calls again. */
  static DrillStep waiting(String task, Instant since, Instant now, Duration least, String words) {
    Duration slower = Duration.between(since, now).dividedBy(SLOWER);
    Duration wait = slower.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : slower;
    long seconds = (wait.compareTo(least) > 0 ? wait : least).toSeconds();
    return new DrillStep(task, false, false, false, seconds, since, words, List.of());
  }

  /** When a step began; a redrive has its own time. */
  static Instant began(
      String task, Optional<TaskResult<DrillStep>> before, int redrives, Instant now) {
    return before
        .filter(step -> step.redrives() == redrives)
        .map(TaskResult::answer)
        .filter(step -> step.task().equals(task))
        .map(DrillStep::since)
        .orElse(now);
  }
}
