package dev.freezeframe.rehearsal.fleet;

import dev.freezeframe.rehearsal.instance.InstanceAttributes;
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
 * @param attributes what DescribeInstances does not tell of an instance; those that have none here
 *     have EC2's defaults
 */
public record Fleet(
    List<Instance> instances,
    List<Volume> volumes,
    Map<String, String> reservations,
    Map<String, InstanceAttributes> attributes) {

  public Fleet {
    instances = List.copyOf(instances);
    volumes = List.copyOf(volumes);
    reservations = Collections.unmodifiableMap(new TreeMap<>(reservations));
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** A fleet of which each instance was launched alone. */
  public Fleet(List<Instance> instances, List<Volume> volumes) {
    this(instances, volumes, Map.of());
  }

  /** A fleet of which each instance was launched with the attributes that EC2 gives by itself. */
  public Fleet(List<Instance> instances, List<Volume> volumes, Map<String, String> reservations) {
    this(instances, volumes, reservations, Map.of());
  }

  /** What DescribeInstanceAttribute tells of an instance. */
  public InstanceAttributes attributes(String instanceId) {
    return attributes.getOrDefault(instanceId, InstanceAttributes.DEFAULTS);
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
