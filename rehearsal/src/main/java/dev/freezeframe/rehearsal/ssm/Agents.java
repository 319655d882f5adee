package dev.freezeframe.rehearsal.ssm;

import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.EmbeddedEc2;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin;
import dev.freezeframe.rehearsal.instance.GuestFault;
import dev.freezeframe.rehearsal.ssm.document.SsmRefusal;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InvalidFilterKeyException;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.PlatformType;

/**
 * What Systems Manager knows of the agents: every instance of the fleet once had one online, and
 * one that is launched registers as soon as its agent is up, if its profile and its subnet let it.
 *
 * <p>An instance that is stopped is not described, and one that was started only when its agent has
 * passed a health check (API reference of DescribeInstanceInformation; amazon-ssm-agent issue 407).
 */
final class Agents {
  /** From {@code running} to the agent's first word: undocumented. */
  private static final Duration MIN_BOOT = Duration.ofSeconds(15);

  private static final Duration MAX_BOOT = Duration.ofSeconds(90);

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
  private final VirtualTime time;
  private final Seed seed;

  /** The instances that have been stopped, and whose agents have not been online since. */
  private final Set<String> down = new HashSet<>();

  /** The instances that have registered, whatever became of them. */
  private final Set<String> known = new HashSet<>();

  private final Map<String, String> subjects = new HashMap<>();
  private final Map<String, Integer> boots = new HashMap<>();
  private final List<Consumer<String>> whenOnline = new ArrayList<>();

  Agents(
      VirtualTime time, Seed seed, List<Instance> instances, EmbeddedEc2 ec2, GuestFault faults) {
    this.time = time;
    this.seed = seed;
    this.ec2 = ec2;
    this.faults = faults;
    for (Instance instance : instances) {
      known.add(instance.instanceId());
      platforms.put(instance.instanceId(), platform(instance));
      if (!ec2.running(instance.instanceId())) {
        down.add(instance.instanceId());
      }
    }
    ec2.whenGone(this::gone);
    ec2.whenRunning(this::boots);
  }

  /** Tells when an agent is online again whose instance was stopped. */
  void whenOnline(Consumer<String> listener) {
    whenOnline.add(listener);
  }

  private void gone(String instanceId) {
    boots.merge(instanceId, 1, Integer::sum);
    down.add(instanceId);
  }

  private void boots(String instanceId) {
    int boot = boots.merge(instanceId, 1, Integer::sum);
    time.after(
        seed.between("boot/%s/%d".formatted(instanceId, boot), MIN_BOOT, MAX_BOOT),
        () -> {
          if (boots.get(instanceId) == boot) {
            register(instanceId);
            down.remove(instanceId);
            whenOnline.forEach(listener -> listener.accept(instanceId));
          }
        });
  }

  /** The first word of the agent of an instance that was launched. */
  private void register(String instanceId) {
    if (!known.contains(instanceId) && ec2.registers(instanceId)) {
      known.add(instanceId);
      ec2.instance(instanceId).ifPresent(instance -> platforms.put(instanceId, platform(instance)));
      subjects.put(instanceId, subject(instanceId));
    }
  }

  /**
   * The instance by which faults know a launched one, whose id nobody could know before: that of
   * which its volumes are.
   */
  private String subject(String instanceId) {
    return ec2.volumesAttachedTo(instanceId).stream()
        .flatMap(volume -> ec2.originOf(volume.snapshotId()).stream())
        .map(SnapshotOrigin::instanceId)
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse(instanceId);
  }

  /** Whether its agent has ever registered. */
  boolean registered(String instanceId) {
    return known.contains(instanceId);
  }

  /** The instance by which faults know another; itself, unless it was launched. */
  String subjectOf(String instanceId) {
    return subjects.getOrDefault(instanceId, instanceId);
  }

  /**
   * Whether the agent is there and connected. While an instance is {@code stopping} it may still
   * be: undocumented, and the harsher side, since what is sent to it never runs.
   */
  private boolean connected(String instanceId) {
    return !down.contains(instanceId)
        && (ec2.running(instanceId)
            || ec2.state(instanceId).equals(Optional.of(InstanceStateName.STOPPING)));
  }

  /** Whether the instance runs, with an agent that takes commands off the service. */
  boolean takes(String instanceId) {
    return ec2.running(instanceId) && !down.contains(instanceId);
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
        && connected(instanceId)
        && !offline.computeIfAbsent(instanceId, id -> faults.offline(id));
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
            .filter(this::connected)
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
