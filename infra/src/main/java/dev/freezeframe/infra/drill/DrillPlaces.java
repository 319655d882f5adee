package dev.freezeframe.infra.drill;

import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.drill.DrillPlanner;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.policy.Policy;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.NestedStackProps;
import software.constructs.Construct;

/**
 * Where drills of the policies are launched: what they name themselves, and else a network of the
 * deployment, which is there only if a policy needs it, as its endpoints cost by the hour. In a
 * nested stack, as the template of the stack itself has room for 500 resources.
 */
public final class DrillPlaces extends NestedStack {
  private final DrillProfile profile;
  private final DrillHost host;
  private final List<Drill> drills;

  public DrillPlaces(Construct scope, String id, List<Policy> policies) {
    super(
        scope,
        id,
        NestedStackProps.builder().description("Where drill instances are launched").build());
    this.drills =
        policies.stream()
            .flatMap(policy -> policy.drill().stream())
            .filter(drill -> drill.level() != Drill.Level.L0)
            .toList();
    this.profile = new DrillProfile(this, "Profile");
    if (drills.stream().anyMatch(drill -> drill.host().subnets().isEmpty())) {
      DrillNetwork network = new DrillNetwork(this, "Network");
      this.host = new DrillHost(network.subnets(), network.securityGroups(), profile.name());
    } else {
      this.host = new DrillHost(List.of(), List.of(), profile.name());
    }
  }

  /** The deployment's own; without a network, only the profile. */
  public DrillHost host() {
    return host;
  }

  /** ARN of the role that drill instances act as. */
  public String roleArn() {
    return profile.roleArn();
  }

  /** Ids of all subnets in which a drill may be launched. */
  public List<String> subnets() {
    return all(host.subnets(), Drill.Host::subnets);
  }

  /** Ids of all security groups that a drill instance may have. */
  public List<String> securityGroups() {
    return all(host.securityGroups(), Drill.Host::securityGroups);
  }

  /** Names and ARNs of the documents that the policies name. */
  public List<String> documents() {
    return drills.stream().map(Drill::document).distinct().sorted().toList();
  }

  /** Names of the parameters that hold images which the policies name. */
  public List<String> imageParameters() {
    return drills.stream()
        .flatMap(drill -> drill.host().image().stream())
        .filter(image -> image.startsWith(DrillPlanner.BY_PARAMETER))
        .map(image -> image.substring(DrillPlanner.BY_PARAMETER.length()))
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> all(List<String> own, Function<Drill.Host, List<String>> named) {
    return Stream.concat(
            own.stream(),
            drills.stream().flatMap(drill -> named.apply(drill.host()).stream()).sorted())
        .distinct()
        .toList();
  }
}
