package dev.freezeframe.rehearsal.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.rehearsal.states.StepFunctionsException;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/**
 * An event on its way to a target that may refuse it: EventBridge tries again "with an exponential
 * back off and jitter" (EventBridge guide, "How EventBridge retries delivering events"). How long
 * the waits are is undocumented: they double from a second to as many as fit 185 into a day, and
 * none is shortened by jitter.
 */
final class Delivery {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofSeconds(512);

  private final VirtualTime time;
  private final Target target;
  private final JsonNode event;
  private final Runnable delivered;
  private final Runnable givenUp;
  private final int retries;
  private final Instant end;

  /**
   * A delivery.
   *
   * @param retries how often it is tried again
   * @param triedFor for how long
   */
  Delivery(
      VirtualTime time,
      Target target,
      JsonNode event,
      int retries,
      Duration triedFor,
      Runnable delivered,
      Runnable givenUp) {
    this.time = time;
    this.target = target;
    this.event = event;
    this.delivered = delivered;
    this.givenUp = givenUp;
    this.retries = retries;
    this.end = time.instant().plus(triedFor);
  }

  void begin() {
    attempt(retries, FIRST_WAIT);
  }

  private void attempt(int left, Duration wait) {
    try {
      target.deliver(event.deepCopy());
    } catch (StepFunctionsException refused) {
      if (left == 0 || time.instant().plus(wait).isAfter(end)) {
        givenUp.run();
      } else {
        time.after(wait, () -> attempt(left - 1, longer(wait)));
      }
      return;
    }
    delivered.run();
  }

  private static Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : doubled;
  }
}
