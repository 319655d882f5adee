package dev.freezeframe.operator.doctor.aws.fleet;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.script.Agents.Agent;
import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** Asks Systems Manager about the agents of many instances. */
public final class SsmFleet {
  /** Of instances in a filter, and of agents in a page. */
  private static final int PAGE = 50;

  private final SsmClient ssm;

  public SsmFleet(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** The agents of some instances; of those that have none, none. */
  public Asked<Map<InstanceId, Agent>> agents(List<InstanceId> instances) {
    return Question.ask(
        "ssm:DescribeInstanceInformation",
        () -> {
          Map<InstanceId, Agent> agents = new HashMap<>();
          for (int from = 0; from < instances.size(); from += PAGE) {
            List<String> ids =
                instances.subList(from, Math.min(instances.size(), from + PAGE)).stream()
                    .map(InstanceId::value)
                    .toList();
            ssm.describeInstanceInformationPaginator(
                    request ->
                        request
                            .maxResults(PAGE)
                            .filters(
                                InstanceInformationStringFilter.builder()
                                    .key("InstanceIds")
                                    .values(ids)
                                    .build()))
                .instanceInformationList()
                .forEach(
                    found ->
                        agents.put(
                            new InstanceId(found.instanceId()),
                            new Agent(found.pingStatusAsString(), found.platformTypeAsString())));
          }
          return agents;
        });
  }
}
