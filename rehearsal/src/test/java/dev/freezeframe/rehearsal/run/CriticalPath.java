package dev.freezeframe.rehearsal.run;

import dev.freezeframe.rehearsal.cloud.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where the time goes from the end of the pre-script in its guest to the sending of the thaw.
 *
 * @param seen until the look is answered that sees the end
 * @param toCreate from there until CreateSnapshots is called
 * @param create until its answer is there
 * @param toThaw from there until the post-script is sent
 */
record CriticalPath(Duration seen, Duration toCreate, Duration create, Duration toThaw) {

  /**
   * Reads it from the calls of one backup that had one attempt.
   *
   * @param calls in the order in which they ended
   * @param scriptEnded when the pre-script ended, in its guest
   */
  static CriticalPath of(List<Call> calls, Instant scriptEnded) {
    Call look = last(calls, call -> call.caller().task().equals("RunPreScript"));
    Call create = last(calls, call -> call.action().equals("ec2:CreateSnapshots"));
    Call thaw =
        last(
            calls,
            call ->
                call.caller().task().equals("RunPostScript")
                    && call.action().equals("ssm:SendCommand"));
    return new CriticalPath(
        Duration.between(scriptEnded, look.endedAt()),
        Duration.between(look.endedAt(), create.startedAt()),
        Duration.between(create.startedAt(), create.endedAt()),
        Duration.between(create.endedAt(), thaw.startedAt()));
  }

  private static Call last(List<Call> calls, Predicate<Call> wanted) {
    return calls.stream().filter(wanted).reduce((first, second) -> second).orElseThrow();
  }

  /** Whether one of its functions had no sandbox left that was awake. */
  boolean metACold() {
    return toCreate.plus(toThaw).compareTo(Duration.ofMillis(40)) > 0;
  }

  Duration whole() {
    return seen.plus(toCreate).plus(create).plus(toThaw);
  }
}
