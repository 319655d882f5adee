package dev.freezeframe.operator.doctor.check.stack;

import dev.freezeframe.metric.DueRecoveryPoint;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How old the newest recovery point of a policy is. */
public final class RecoveryPointCheck {

  private RecoveryPointCheck() {}

  /**
   * Decides as the function that watches does.
   *
   * @param newest of any instance of the policy; empty: there never was one
   * @param since when the policy was deployed: nothing was due before
   * @param grace what a backup may take
   */
  public static Finding of(
      Policy policy, Asked<Optional<Instant>> newest, Instant since, Instant now, Duration grace) {
    String check = "recovery point " + policy.name();
    if (newest.value().isEmpty()) {
      return Finding.unanswered(check, newest);
    }
    Optional<Instant> point = newest.value().get();
    String found =
        point
            .map(at -> "the newest is %s old, of %s".formatted(age(at, now), at))
            .orElse("none exists yet");
    Optional<Instant> due =
        policy.enabled()
            ? DueRecoveryPoint.of(policy.schedule(), now, grace).filter(since::isBefore)
            : Optional.empty();
    if (due.isPresent() && point.map(due.get()::isAfter).orElse(true)) {
      return Finding.fail(
          check,
          "%s, and one was due at %s".formatted(found, due.get()),
          "look for executions of run-policy at that time; docs/operations.md, no-recovery-point");
    }
    return point.isPresent()
        ? Finding.pass(check, found)
        : Finding.warn(
            check,
            found,
            "wait for its schedule, or start a run by hand: docs/first-deployment.md");
  }

  /** In the largest whole unit. */
  private static String age(Instant from, Instant now) {
    Duration age = Duration.between(from, now);
    if (age.toDays() > 1) {
      return Troubles.count(age.toDays(), "day");
    }
    return age.toHours() > 1
        ? Troubles.count(age.toHours(), "hour")
        : Troubles.count(Math.max(0, age.toMinutes()), "minute");
  }
}
