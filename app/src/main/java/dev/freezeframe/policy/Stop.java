package dev.freezeframe.policy;

import dev.freezeframe.common.Quoted;
import dev.freezeframe.input.DurationText;
import dev.freezeframe.input.RefusedValueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an instance is stopped for its set; it is started again in any case.
 *
 * @param timeout an instance that is not stopped by then is started again
 * @param forceAfter when EC2 is told to force the stop, which may lose what the guest has not
 *     written; empty: it is not
 * @param window outside which no instance is stopped, in the time zone of the schedule; empty: at
 *     any time
 * @param groupByTag the tag whose value names an instance's group; empty: the policy's instances
 *     are one
 * @param atOnce instances of a group that may be stopped together
 * @param orderByTag the tag whose number says who of those that wait is first; empty: who came
 *     first
 * @param skipIfAlarm names of CloudWatch alarms; while one is in ALARM no instance is stopped
 */
public record Stop(
    Duration timeout,
    Optional<Duration> forceAfter,
    Optional<DailyWindow> window,
    Optional<String> groupByTag,
    int atOnce,
    Optional<String> orderByTag,
    List<String> skipIfAlarm) {

  public Stop {
    // A run that began before there was this field has a policy without it.
    skipIfAlarm = skipIfAlarm == null ? List.of() : List.copyOf(skipIfAlarm);
    PolicyFields.STOP_TIMEOUT.check(timeout);
    PolicyFields.FORCE_AFTER.check(forceAfter);
    PolicyFields.GROUP_BY_TAG.check(groupByTag);
    PolicyFields.AT_ONCE.check(atOnce);
    PolicyFields.ORDER_BY_TAG.check(orderByTag);
    PolicyFields.SKIP_IF_ALARM.check(skipIfAlarm);
    if (forceAfter.isPresent() && forceAfter.get().compareTo(timeout) >= 0) {
      throw new RefusedValueException(
          "forceAfter",
          Quoted.quote(DurationText.format(forceAfter.get())),
          "less than timeout, %s".formatted(DurationText.format(timeout)));
    }
  }
}
