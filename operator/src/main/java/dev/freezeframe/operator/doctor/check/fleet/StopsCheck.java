package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the instances of a policy that stops may be stopped. */
public final class StopsCheck {
  /** Of each a few questions are asked; those of a larger fleet would meet EC2's request rate. */
  private static final int MAX_ASKED = 50;

  private StopsCheck() {}

  /**
   * What is known of a stop.
   *
   * @param refusal why the instance is never stopped; empty: it may be
   * @param warning what a stop takes away for good; empty: nothing
   */
  public record Stoppable(Optional<String> refusal, Optional<String> warning) {}

  /** The instances to ask about: those that run, the first of many. */
  public static List<InstanceId> asked(List<FleetInstance> fleet) {
    return fleet.stream()
        .filter(instance -> instance.facts().state().equals("running"))
        .map(instance -> instance.facts().id())
        .limit(MAX_ASKED)
        .toList();
  }

  /**
   * Decides.
   *
   * @param asked by instance
   */
  public static Finding of(
      Policy policy, List<FleetInstance> fleet, Asked<Map<InstanceId, Stoppable>> asked) {
    String check = "stops " + policy.name();
    if (asked.value().isEmpty()) {
      return Finding.unanswered(check, asked);
    }
    Map<InstanceId, Stoppable> known = asked.value().get();
    Troubles troubles = new Troubles(check);
    for (FleetInstance instance : fleet) {
      Stoppable stoppable = known.get(instance.facts().id());
      if (stoppable == null) {
        continue;
      }
      stoppable
          .refusal()
          .ifPresent(
              why ->
                  troubles.warn(
                      "%s is not stopped: %s".formatted(instance.title(), why),
                      "change what is said, or back it up by a policy that does not stop it"));
      stoppable
          .warning()
          .ifPresent(
              what ->
                  troubles.warn(
                      "%s: %s".formatted(instance.title(), what),
                      "give it an Elastic IP address, or see that nobody uses the other"));
    }
    long running =
        fleet.stream().filter(instance -> instance.facts().state().equals("running")).count();
    return troubles.orElse(
        running > known.size()
            ? "%,d of %,d running instances were asked about, and may be stopped"
                .formatted(known.size(), running)
            : "%s may be stopped".formatted(Troubles.count(running, "running instance")));
  }
}
