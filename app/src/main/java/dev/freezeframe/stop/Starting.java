package dev.freezeframe.stop;

import java.time.Duration;
import java.util.Optional;

/**
 * How the start after a stop stands.
 *
 * @param done whether there is nothing left to wait for
 * @param waitSeconds before the next look
 * @param looks so far
 * @param warning what is amiss although the instance runs; empty: nothing
 */
public record Starting(
    boolean done, long waitSeconds, int looks, Optional<String> warning, String words) {

  /** It is looked at again. */
  public static Starting waiting(Duration wait, int looks, String words) {
    return new Starting(false, wait.toSeconds(), looks, Optional.empty(), words);
  }

  /** There is nothing left to wait for. */
  public static Starting done(int looks, Optional<String> warning, String words) {
    return new Starting(true, 0, looks, warning, words);
  }
}
