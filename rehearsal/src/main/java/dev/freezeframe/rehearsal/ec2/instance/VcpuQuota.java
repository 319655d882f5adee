package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * "Running On-Demand Standard instances", in vCPUs. AWS opens an account with 5 and raises the
 * quota with what it uses; here it is what the fleet has and 192 more, which is assumed: one
 * instance of the largest common size.
 */
final class VcpuQuota {
  private static final int ROOM = 192;
  private static final Pattern XLARGE = Pattern.compile(".*?(\\d*)xl(?:arge)?$");

  private final Inventory inventory;
  private final int most;

  VcpuQuota(Inventory inventory) {
    this.inventory = inventory;
    this.most = inventory.instances().stream().mapToInt(VcpuQuota::of).sum() + ROOM;
  }

  /** Refuses one instance more of a type. */
  void check(String instanceType) {
    int used =
        inventory.instances().stream()
            .filter(instance -> Inventory.state(instance) != InstanceStateName.TERMINATED)
            .filter(instance -> Inventory.state(instance) != InstanceStateName.STOPPED)
            .mapToInt(VcpuQuota::of)
            .sum();
    if (used + of(instanceType) > most) {
      throw Ec2Refusal.of(
          "VcpuLimitExceeded",
          "You have requested more vCPU capacity than your current vCPU limit of %d allows for the instance bucket that the specified instance type belongs to."
              .formatted(most));
    }
  }

  private static int of(Instance instance) {
    return of(Objects.toString(instance.instanceTypeAsString(), "large"));
  }

  /** By the size: two up to large, four for xlarge and so on. */
  private static int of(String instanceType) {
    Matcher matcher = XLARGE.matcher(instanceType.replaceFirst(".*\\.", ""));
    if (!matcher.matches()) {
      return 2;
    }
    return matcher.group(1).isEmpty() ? 4 : 4 * Integer.parseInt(matcher.group(1));
  }
}
