package dev.freezeframe.rehearsal.functions;

import dev.freezeframe.rehearsal.time.VirtualTime;
import dev.freezeframe.task.trigger.AsynchronousRetries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lambda's queue of events.
 *
 * <p>A function that fails, or is not ready, is tried again after one and after two minutes, then
 * the event is dropped. While Lambda throttles, it tries for up to six hours, with growing waits of
 * 1 s to 5 min.
 */
final class AsynchronousInvocations {
  private static final List<Duration> RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2))
          .subList(0, AsynchronousRetries.DEPLOYED.repeats());
  private static final Duration FIRST_THROTTLED_WAIT = Duration.ofSeconds(1);
  private static final Duration MAX_THROTTLED_WAIT = Duration.ofMinutes(5);
  private static final Duration KEPT = AsynchronousRetries.DEPLOYED.kept();

  private final VirtualTime time;
  private final Functions functions;
  private final List<DroppedEvent> dropped = new ArrayList<>();

  AsynchronousInvocations(VirtualTime time, Functions functions) {
    this.time = time;
    this.functions = functions;
  }

  void invoke(String function, byte[] payload) {
    attempt(
        new Event(function, new String(payload, StandardCharsets.UTF_8), time.instant()),
        0,
        FIRST_THROTTLED_WAIT);
  }

  List<DroppedEvent> dropped() {
    return Collections.unmodifiableList(dropped);
  }

  private void attempt(Event event, int failures, Duration throttledWait) {
    functions.invoke(
        event.function,
        event.payload.getBytes(StandardCharsets.UTF_8),
        answer -> {
          if (isFailure(answer) && failures < RETRIES.size()) {
            time.after(
                RETRIES.get(failures), () -> attempt(event, failures + 1, FIRST_THROTTLED_WAIT));
          } else if (isThrottled(answer) && time.instant().isBefore(event.at.plus(KEPT))) {
            time.after(throttledWait, () -> attempt(event, failures, longer(throttledWait)));
          } else if (!(answer instanceof Answer.Success)) {
            dropped.add(new DroppedEvent(time.instant(), event.function, event.payload, answer));
          }
        });
  }

  /**
   * What Lambda does with an event for a version that is not ready is documented nowhere; the
   * harsher side is that it counts as a failed try.
   */
  private static boolean isFailure(Answer answer) {
    return answer instanceof Answer.FunctionError
        || (answer instanceof Answer.Refused refused && refused.code().equals(Functions.NOT_READY));
  }

  private static boolean isThrottled(Answer answer) {
    return answer instanceof Answer.Refused refused
        && refused.code().equals("Lambda.TooManyRequestsException");
  }

  private static Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(MAX_THROTTLED_WAIT) > 0 ? MAX_THROTTLED_WAIT : doubled;
  }

  private record Event(String function, String payload, Instant at) {}
}
