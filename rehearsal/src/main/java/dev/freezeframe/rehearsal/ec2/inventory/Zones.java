package dev.freezeframe.rehearsal.ec2.inventory;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * The Availability Zones: three of the Region, and those that the fleet is in; and which types of
 * instances each of them offers.
 */
public final class Zones {
  private final Set<String> zones = new TreeSet<>();
  private final Map<String, Set<String>> notOffered = new HashMap<>();

  /** Those of a Region and of a fleet. */
  public Zones(String region, Collection<Instance> fleet) {
    for (String letter : List.of("a", "b", "c")) {
      zones.add(region + letter);
    }
    fleet.forEach(instance -> zones.add(instance.placement().availabilityZone()));
  }

  public List<String> all() {
    return List.copyOf(zones);
  }

  /** The zone that a call names. */
  public String asked(String zone) {
    if (zone == null) {
      throw Ec2Refusal.of(
          "MissingParameter", "The request must contain the parameter AvailabilityZone");
    }
    if (!zones.contains(zone)) {
      throw Ec2Refusal.of("InvalidZone.NotFound", "The zone '%s' does not exist.".formatted(zone));
    }
    return zone;
  }

  /** A zone offers a type of instance no more. */
  public void withdraw(String instanceType, String zone) {
    notOffered.computeIfAbsent(zone, any -> new HashSet<>()).add(instanceType);
  }

  public boolean offers(String zone, String instanceType) {
    return zones.contains(zone) && !notOffered.getOrDefault(zone, Set.of()).contains(instanceType);
  }
}
