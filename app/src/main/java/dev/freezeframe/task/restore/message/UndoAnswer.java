package dev.freezeframe.task.restore.message;

import dev.freezeframe.restore.undo.UndoProgress;
import java.time.Duration;
import java.util.List;

/**
 * How far an undo is, as the state machine keeps it.
 *
 * @param nothing whether there was nothing to undo from the beginning
 * @param left what stays although it should not
 */
public record UndoAnswer(
    boolean done, long waitSeconds, boolean nothing, String words, List<String> left) {

  /**
   * The answer to a step.
   *
   * @param least to wait for
   */
  public static UndoAnswer of(UndoProgress progress, Duration least) {
    Duration wait = progress.pause().compareTo(least) > 0 ? progress.pause() : least;
    return new UndoAnswer(
        progress.done(),
        progress.done() ? 0 : wait.toSeconds(),
        false,
        progress.words(),
        progress.left());
  }

  public static UndoAnswer done(String words) {
    return new UndoAnswer(true, 0, false, words, List.of());
  }

  public static UndoAnswer nothing(String words) {
    return new UndoAnswer(true, 0, true, words, List.of());
  }

  public static UndoAnswer waiting(Duration wait, String words) {
    return new UndoAnswer(false, wait.toSeconds(), false, words, List.of());
  }
}
