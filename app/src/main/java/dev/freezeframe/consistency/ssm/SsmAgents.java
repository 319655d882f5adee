package dev.freezeframe.consistency.ssm;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.consistency.script.Agents;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** Asks Systems Manager about an agent, with one call. */
public final class SsmAgents implements Agents {
  private final SsmClient ssm;

  public SsmAgents(SsmClient ssm) {
    this.ssm = ssm;
  }

  @Override
  public Optional<Agent> find(InstanceId instance) {
    return ssm
        .describeInstanceInformation(
            request ->
                request.filters(
                    InstanceInformationStringFilter.builder()
                        .key("InstanceIds")
                        .values(instance.value())
                        .build()))
        .instanceInformationList()
        .stream()
        .findFirst()
        .map(found -> new Agent(found.pingStatusAsString(), found.platformTypeAsString()));
  }
}
