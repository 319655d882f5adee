package dev.freezeframe.rehearsal.fleet;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;
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

  /** The value of the tag {@code Name}, by instance; those that have none are not there. */
  public Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    for (Instance instance : instances) {
      instance.tags().stream()
          .filter(tag -> tag.key().equals("Name") && !tag.value().isBlank())
          .map(Tag::value)
          .findFirst()
          .ifPresent(name -> names.put(instance.instanceId(), name));
    }
    return names;
  }

  /** The id of an instance's reservation. */
  public String reservation(String instanceId) {
    return reservations.getOrDefault(instanceId, instanceId.replaceFirst("^i-", "r-"));
  }
}
