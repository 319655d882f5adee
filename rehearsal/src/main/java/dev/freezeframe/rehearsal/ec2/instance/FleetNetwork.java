package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * The subnets, security groups, instance profiles and key pairs that there are: those that the
 * instances of the fleet name, and those that a deployment adds.
 */
public final class FleetNetwork {
  private final Map<String, Subnet> subnets = new TreeMap<>();
  private final Map<String, GroupIdentifier> groups = new TreeMap<>();
  private final Map<String, IamInstanceProfile> profiles = new TreeMap<>();
  private final Set<String> keyPairs = new TreeSet<>();

  /** The profiles whose role may not talk to Systems Manager. */
  private final Set<String> mute = new TreeSet<>();

  public FleetNetwork(Collection<Instance> fleet) {
    for (Instance instance : fleet) {
      if (instance.subnetId() != null) {
        subnets.put(
            instance.subnetId(),
            new Subnet(
                instance.subnetId(),
                instance.vpcId(),
                instance.placement().availabilityZone(),
                true));
      }
      instance.securityGroups().forEach(group -> groups.put(group.groupId(), group));
      Optional.ofNullable(instance.iamInstanceProfile())
          .filter(profile -> profile.arn() != null)
          .ifPresent(profile -> profiles.put(profile.arn(), profile));
      Optional.ofNullable(instance.keyName()).ifPresent(keyPairs::add);
    }
  }

  /** Adds a subnet, unless there is one of that id. */
  public void add(Subnet subnet) {
    subnets.putIfAbsent(subnet.id(), subnet);
  }

  /** Adds a security group, unless there is one of that id. */
  public void add(GroupIdentifier group) {
    groups.putIfAbsent(group.groupId(), group);
  }

  /**
   * Adds an instance profile.
   *
   * @param manages whether its role may talk to Systems Manager
   */
  public void add(IamInstanceProfile profile, boolean manages) {
    profiles.put(profile.arn(), profile);
    if (!manages) {
      mute.add(profile.arn());
    }
  }

  /**
   * Whether the agent of an instance that is launched can register: it needs a profile whose role
   * may talk to Systems Manager, and a subnet from which that is reached (Systems Manager user
   * guide, "Setting up managed nodes"). Those of the fleet are taken to have both.
   */
  public boolean lets(Instance instance) {
    return instance.iamInstanceProfile() != null
        && !mute.contains(instance.iamInstanceProfile().arn())
        && Optional.ofNullable(instance.subnetId())
            .map(subnets::get)
            .filter(Subnet::reachesSystemsManager)
            .isPresent();
  }

  Collection<Subnet> subnets() {
    return subnets.values();
  }

  Collection<GroupIdentifier> groups() {
    return groups.values();
  }

  Set<String> keyPairs() {
    return keyPairs;
  }

  Subnet subnet(String id) {
    return found(subnets.get(id), "InvalidSubnetID.NotFound", "subnet ID", id);
  }

  GroupIdentifier group(String id) {
    return found(groups.get(id), "InvalidGroup.NotFound", "security group", id);
  }

  String keyPair(String name) {
    return found(
        keyPairs.contains(name) ? name : null, "InvalidKeyPair.NotFound", "key pair", name);
  }

  /** A profile by its ARN or its name. */
  IamInstanceProfile profile(IamInstanceProfileSpecification asked) {
    String name = asked.arn() == null ? asked.name() : asked.arn();
    return profiles.values().stream()
        .filter(profile -> profile.arn().equals(name) || profile.arn().endsWith("/" + name))
        .findFirst()
        .orElseThrow(
            () ->
                Ec2Refusal.invalid(
                    name, "iamInstanceProfile", "Invalid IAM Instance Profile name"));
  }

  private static <T> T found(T thing, String code, String what, String id) {
    if (thing == null) {
      throw Ec2Refusal.of(code, "The %s '%s' does not exist".formatted(what, id));
    }
    return thing;
  }

  /**
   * A subnet, which lies in one zone.
   *
   * @param reachesSystemsManager whether it has a route or endpoints to Systems Manager
   */
  public record Subnet(String id, String vpcId, String zone, boolean reachesSystemsManager) {}
}
