package dev.freezeframe.rehearsal.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of a file of faults.
 *
 * @param entry its number, from 0
 * @param instance empty: every instance, each counted by itself
 * @param code of {@code exit}, else 0
 * @param duration of {@code slow}, {@code delay} and {@code undelivered 10m}
 * @param task the one that crashes
 * @param after the state after which the execution is aborted
 * @param times empty: every time
 */
record Fault(
    int entry,
    Optional<String> instance,
    InjectionPoint at,
    FaultAction action,
    int code,
    Optional<Duration> duration,
    Optional<String> task,
    Optional<String> after,
    OptionalInt times) {

  boolean concerns(String instanceId) {
    return instance.isEmpty() || instance.get().equals(instanceId);
  }
}
