package dev.freezeframe.rehearsal.fleet;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * The instances of an account and their volumes, as EC2 describes them.
 *
 * @param reservations the reservation of an instance, by their ids; one that has none here was
 *     launched alone
 */
public record Fleet(
    List<Instance> instances, List<Volume> volumes, Map<String, String> reservations) {

  public Fleet {
    instances = List.copyOf(instances);
    volumes = List.copyOf(volumes);
    reservations = Collections.unmodifiableMap(new TreeMap<>(reservations));
  }

  /** A fleet of which each instance was launched alone. */
  public Fleet(List<Instance> instances, List<Volume> volumes) {
    this(instances, volumes, Map.of());
  }

  /** The id of an instance's reservation. */
  public String reservation(String instanceId) {
    return reservations.getOrDefault(instanceId, instanceId.replaceFirst("^i-", "r-"));
  }
}
