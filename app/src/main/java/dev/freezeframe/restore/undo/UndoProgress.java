package dev.freezeframe.restore.undo;

import java.time.Duration;
import java.util.List;

/**
 * How far an undo is.
 *
 * @param left what stays although it should not
 */
public record UndoProgress(boolean done, Duration pause, String words, List<String> left) {
  private static final int MAX_LEFT = 10;

  public UndoProgress {
    left = left.stream().limit(MAX_LEFT).toList();
  }

  static UndoProgress done(String words) {
    return new UndoProgress(true, Duration.ZERO, words, List.of());
  }

  static UndoProgress waiting(Duration wait, String words) {
    return new UndoProgress(false, wait, words, List.of());
  }
}
