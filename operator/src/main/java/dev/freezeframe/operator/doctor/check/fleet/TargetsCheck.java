package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.operator.doctor.check.fleet.QuotasCheck.Need;
import dev.freezeframe.policy.Policy;
import java.util.List;

/** Which instances a policy backs up, and which of them it cannot. */
public final class TargetsCheck {
  private TargetsCheck() {}

  /** Decides. */
  public static Finding of(Policy policy, Asked<List<FleetInstance>> asked) {
    String check = "targets " + policy.name();
    if (asked.value().isEmpty()) {
      return Finding.unanswered(check, asked);
    }
    List<FleetInstance> fleet = asked.value().get();
    if (fleet.isEmpty()) {
      return Finding.warn(
          check,
          "no instance carries a tag of its targets (%s)"
              .formatted(
                  String.join(", ", policy.targets().stream().map(Object::toString).toList())),
          "tag the instances that it is to back up, or change its targets");
    }
    Troubles troubles = new Troubles(check);
    for (FleetInstance instance : fleet) {
      instance
          .invalid(policy.volumes())
          .ifPresent(
              why ->
                  troubles.warn(
                      "%s is not backed up: %s".formatted(instance.title(), why),
                      "take its tag off, or fix what is said"));
    }
    return troubles.orElse(
        "%s, %s%s"
            .formatted(
                Troubles.count(fleet.size(), "instance"),
                Troubles.count(volumes(policy, fleet), "volume"),
                policy.enabled() ? "" : "; the policy is not enabled"));
  }

  /** How many snapshots a run of it takes. */
  static long volumes(Policy policy, List<FleetInstance> fleet) {
    return fleet.stream()
        .filter(instance -> instance.invalid(policy.volumes()).isEmpty())
        .mapToLong(instance -> instance.selection(policy.volumes()).included().size())
        .sum();
  }

  /** What a run of it takes of the account. */
  public static Need need(Policy policy, List<FleetInstance> fleet) {
    return new Need(volumes(policy, fleet), policy.pacing().functionsAtOnce(fleet.size()));
  }
}
