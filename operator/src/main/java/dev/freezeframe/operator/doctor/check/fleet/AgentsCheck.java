package dev.freezeframe.operator.doctor.check.fleet;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.script.Agents.Agent;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Troubles;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the agents that are to run a policy's scripts can be reached. */
public final class AgentsCheck {
  private static final String REMEDY =
      "see in Fleet Manager that its agent runs, and that its instance profile has"
          + " AmazonSSMManagedInstanceCore; without an agent there is no freeze";

  private AgentsCheck() {}

  /**
   * Decides.
   *
   * @param agents by instance; an instance without one has never registered
   */
  public static Finding of(
      Policy policy, List<FleetInstance> fleet, Asked<Map<InstanceId, Agent>> agents) {
    String check = "agents " + policy.name();
    if (agents.value().isEmpty()) {
      return Finding.unanswered(check, agents);
    }
    Troubles troubles = new Troubles(check);
    Map<String, Integer> platforms = new TreeMap<>();
    for (FleetInstance instance : fleet) {
      if (!instance.facts().state().equals("running")) {
        continue;
      }
      Agent agent = agents.value().get().get(instance.facts().id());
      if (agent == null) {
        troubles.warn("%s has no agent in Systems Manager".formatted(instance.title()), REMEDY);
      } else if (!agent.online()) {
        troubles.warn("the agent of %s is %s".formatted(instance.title(), agent.ping()), REMEDY);
      } else {
        platforms.merge(agent.platform(), 1, Integer::sum);
      }
    }
    return troubles.orElse(
        platforms.isEmpty()
            ? "no target is running, so none is needed"
            : platforms.entrySet().stream()
                .map(platform -> "%,d %s".formatted(platform.getValue(), platform.getKey()))
                .collect(Collectors.joining(", ", "online: ", "")));
  }
}
