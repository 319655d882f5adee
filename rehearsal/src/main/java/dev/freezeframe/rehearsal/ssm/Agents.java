package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InvalidFilterKeyException;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/** What Systems Manager knows of the agents: every instance of the fleet once had one online. */
final class Agents {
  private static final Map<String, Function<InstanceInformation, String>> KEYS =
      Map.of(
          "InstanceIds", InstanceInformation::instanceId,
          "PingStatus", InstanceInformation::pingStatusAsString,
          "PlatformType", InstanceInformation::platformTypeAsString,
          "PlatformTypes", InstanceInformation::platformTypeAsString,
          "ResourceType", information -> "EC2Instance");

  private final EmbeddedEc2 ec2;
  private final GuestFault faults;
  private final SortedMap<String, PlatformType> platforms = new TreeMap<>();
  private final SortedMap<String, Boolean> offline = new TreeMap<>();

  Agents(List<Instance> instances, EmbeddedEc2 ec2, GuestFault faults) {
    this.ec2 = ec2;
    this.faults = faults;
    instances.forEach(instance -> platforms.put(instance.instanceId(), platform(instance)));
  }

  private static PlatformType platform(Instance instance) {
    boolean windows =
        "windows".equalsIgnoreCase(instance.platformAsString())
            || String.valueOf(instance.platformDetails()).contains("Windows");
    boolean mac = String.valueOf(instance.instanceTypeAsString()).startsWith("mac");
    return windows ? PlatformType.WINDOWS : mac ? PlatformType.MAC_OS : PlatformType.LINUX;
  }

  PlatformType platform(String instanceId) {
    return platforms.get(instanceId);
  }

  /** Whether a command for it is accepted. */
  boolean reachable(String instanceId) {
    return platforms.containsKey(instanceId)
        && ec2.running(instanceId)
        && !offline.computeIfAbsent(instanceId, faults::offline);
  }

  /** Never had an agent: it is not known to Systems Manager. */
  void unmanage(String instanceId) {
    platforms.remove(instanceId);
  }

  DescribeInstanceInformationResponse describe(
      DescribeInstanceInformationRequest request, Instant now) {
    if (request.maxResults() != null && (request.maxResults() < 5 || request.maxResults() > 50)) {
      throw SsmRefusal.invalid("maxResults: expected 5 to 50, found " + request.maxResults());
    }
    List<Filter> filters = new ArrayList<>();
    request.filters().forEach(filter -> filters.add(Filter.of(filter.key(), filter.values())));
    request
        .instanceInformationFilterList()
        .forEach(filter -> filters.add(Filter.of(filter.keyAsString(), filter.valueSet())));
    List<InstanceInformation> found =
        asked(filters).stream()
            .filter(ec2::exists)
            .map(id -> information(id, now))
            .filter(information -> filters.stream().allMatch(filter -> filter.matches(information)))
            .toList();
    Page<InstanceInformation> page =
        Page.of(
            found,
            InstanceInformation::instanceId,
            request.maxResults() == null ? Integer.valueOf(50) : request.maxResults(),
            request.nextToken(),
            SsmRefusal::badToken);
    return DescribeInstanceInformationResponse.builder()
        .instanceInformationList(page.items())
        .nextToken(page.next())
        .build();
  }

  /** The instances that the filters name, or all. */
  private SortedSet<String> asked(List<Filter> filters) {
    SortedSet<String> asked = new TreeSet<>();
    Optional<Filter> named =
        filters.stream().filter(filter -> filter.key.equals("InstanceIds")).findFirst();
    named.ifPresentOrElse(
        filter -> asked.addAll(filter.values), () -> asked.addAll(platforms.keySet()));
    asked.retainAll(platforms.keySet());
    return asked;
  }

  private InstanceInformation information(String id, Instant now) {
    offline.put(id, faults.offline(id));
    return InstanceInformation.builder()
        .instanceId(id)
        .pingStatus(reachable(id) ? PingStatus.ONLINE : PingStatus.CONNECTION_LOST)
        .lastPingDateTime(now)
        .agentVersion("3.3.2299.0")
        .platformType(platform(id))
        .resourceType("EC2Instance")
        .build();
  }

  private record Filter(String key, List<String> values) {
    static Filter of(String key, List<String> values) {
      if (!KEYS.containsKey(key)) {
        throw SsmRefusal.of(
            InvalidFilterKeyException.builder(),
            "InvalidFilterKey",
            "The filter key " + key + " is not valid.");
      }
      return new Filter(key, values);
    }

    boolean matches(InstanceInformation information) {
      return values.contains(KEYS.get(key).apply(information));
    }
  }
}
