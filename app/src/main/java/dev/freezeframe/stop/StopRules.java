package dev.freezeframe.stop;

import dev.freezeframe.common.LogSafe;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.Stop;
import java.time.Instant;
import java.util.Optional;

/** Decides whether an instance may be stopped, before anything is. */
public final class StopRules {
  /** The tag that EC2 Auto Scaling puts on the members of a group. */
  static final String SCALING_GROUP = "aws:autoscaling:groupName";

  /** After those that have a number. */
  private static final long LAST = Long.MAX_VALUE;

  private static final int MAX_DIGITS = 15;

  /** Of a tag in a reason. */
  private static final int MAX_TAG = 60;

  private StopRules() {}

  /**
   * Says why an instance must not be stopped; empty: it may be, if it runs.
   *
   * @param policy which holds by a stop
   */
  public static Optional<String> refusal(StopFacts facts, Policy policy, Instant now) {
    return kind(facts)
        .or(() -> settings(facts))
        .or(() -> moving(facts))
        .or(() -> window(policy, now))
        .map(StopRules::notStopped);
  }

  /**
   * Says why an instance cannot be stopped just now, which passes; empty: nothing is in the way.
   *
   * @param otherBackup the execution of another backup that is about to take a set of it
   */
  public static Optional<String> busy(StopFacts facts, Optional<String> otherBackup) {
    return when(
            facts.state().equals("pending") || facts.state().equals("stopping"),
            "the instance is " + facts.state())
        .or(() -> otherBackup.map("another backup of it is under way: "::concat));
  }

  /** Why an instance that is not on its way need not be stopped, or cannot; empty: it runs. */
  public static Optional<String> notRunning(StopFacts facts) {
    return when(!facts.state().equals("running"), "the instance is " + facts.state())
        .map(StopRules::notStopped);
  }

  /** The reason of a backup whose instance is not stopped. */
  public static String notStopped(String why) {
    return "it is not stopped: " + why;
  }

  /** Says what forbids a stop of an instance at any time; empty: nothing does. */
  public static Optional<String> lasting(StopFacts facts) {
    return kind(facts).or(() -> settings(facts));
  }

  private static Optional<String> kind(StopFacts facts) {
    return Optional.ofNullable(facts.tags().get(SCALING_GROUP))
        .map(
            group ->
                "Auto Scaling would replace it in the group %s"
                    .formatted(LogSafe.of(group, MAX_TAG)))
        .or(
            () ->
                facts
                    .lifecycle()
                    .map(
                        kind ->
                            "it is a %s instance, of which nothing says that EC2 starts it again"
                                .formatted(kind)))
        .or(
            () ->
                when(
                    !facts.rootDevice().equals("ebs"),
                    "its root device is %s, which a stop erases".formatted(facts.rootDevice())))
        .or(
            () ->
                when(
                    facts.storedLocally(),
                    "%s has instance store volumes, which a stop erases".formatted(facts.type())))
        .or(
            () ->
                when(
                    facts.hibernation(),
                    "it is enabled for hibernation, which CreateSnapshots does not take"));
  }

  private static Optional<String> settings(StopFacts facts) {
    return when(
            !facts.shutdownBehavior().equals("stop"),
            "its shutdown behaviour is %s".formatted(facts.shutdownBehavior()))
        .or(() -> when(facts.stopProtected(), "stop protection is on"));
  }

  private static Optional<String> moving(StopFacts facts) {
    return when(
        !facts.moving().isEmpty(),
        "%s being attached or detached, as in a restore"
            .formatted(
                facts.moving().size() == 1
                    ? facts.moving().get(0) + " is"
                    : facts.moving().size() + " volumes are"));
  }

  private static Optional<String> window(Policy policy, Instant now) {
    return policy
        .stop()
        .flatMap(Stop::window)
        .filter(window -> !window.contains(now, policy.schedule().timeZone()))
        .map(
            window ->
                "%s lies outside stop.window, %s %s"
                    .formatted(now, window, policy.schedule().timeZone()));
  }

  private static Optional<String> when(boolean so, String why) {
    return so ? Optional.of(why) : Optional.empty();
  }

  /** What a stop changes that a start does not bring back; empty: nothing. */
  public static Optional<String> warning(StopFacts facts) {
    return facts
        .fleetingAddress()
        .map(
            address ->
                "its public address %s is not an Elastic IP, so the stop gave it up"
                    .formatted(address));
  }

  /** The group of an instance; a policy without groups has one, which has no name. */
  public static String group(StopFacts facts, Stop stop) {
    return stop.groupByTag().map(tag -> facts.tags().getOrDefault(tag, "")).orElse("");
  }

  /** Its place among those that wait; what is no whole number is last. */
  public static long order(StopFacts facts, Stop stop) {
    return stop.orderByTag()
        .map(tag -> facts.tags().getOrDefault(tag, "").strip())
        .filter(text -> text.matches("-?\\d{1,%d}".formatted(MAX_DIGITS)))
        .map(Long::parseLong)
        .orElse(LAST);
  }
}
