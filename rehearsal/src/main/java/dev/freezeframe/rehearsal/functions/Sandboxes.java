package dev.freezeframe.rehearsal.functions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The sandboxes of one function that wait for the next invocation. */
final class Sandboxes {
  /** Lambda documents no figure; idle sandboxes are seen to live for some minutes. */
  private static final Duration IDLE_FOR = Duration.ofMinutes(10);

  private final Deque<Instant> idleSince = new ArrayDeque<>();

  /**
   * Takes the sandbox that was used last.
   *
   * @return false if none exists, so that a cold one has to start
   */
  boolean takeWarm(Instant now) {
    while (!idleSince.isEmpty() && idleSince.peekLast().plus(IDLE_FOR).isBefore(now)) {
      idleSince.removeLast();
    }
    return idleSince.pollFirst() != null;
  }

  void giveBack(Instant now) {
    idleSince.addFirst(now);
  }
}
