package dev.freezeframe.drill;

import java.util.List;

/**
 * Where a deployment launches drill instances.
 *
 * @param subnets ids; none: policies have to name their own
 * @param securityGroups ids
 * @param profile name of the instance profile: it may register with Systems Manager, and nothing
 *     else
 */
public record DrillHost(List<String> subnets, List<String> securityGroups, String profile) {

  public DrillHost {
    subnets = List.copyOf(subnets);
    securityGroups = List.copyOf(securityGroups);
  }
}
