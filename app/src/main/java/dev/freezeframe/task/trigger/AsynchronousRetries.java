package dev.freezeframe.task.trigger;

import java.time.Duration;

/**
 * How Lambda retries an event whose function fails, wherever the function is deployed.
 *
 * @param repeats how often it invokes the function again; Lambda takes 2 at most
 * @param kept for how long it keeps the event; Lambda takes 6 hours at most
 */
public record AsynchronousRetries(int repeats, Duration kept) {
  /** The most of both: what is then left waits in a queue for a person. */
  public static final AsynchronousRetries DEPLOYED =
      new AsynchronousRetries(2, Duration.ofHours(6));
}
