package dev.freezeframe.stop;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Stops and starts instances in EC2. */
public final class Ec2InstancePower implements InstancePower {
  /** The owner of an address that goes with a stop; that of an Elastic IP is an account. */
  private static final String FLEETING = "amazon";

  /** Answers that say nothing about what became of a call. */
  private static final Set<String> PASSING =
      Set.of("RequestLimitExceeded", "Throttling", "ThrottlingException", "Unavailable");

  private static final Set<String> MOVING = Set.of("attaching", "busy", "detaching");

  private final Ec2Client ec2;

  /**
   * Adapts EC2.
   *
   * @param ec2 may retry: an instance that is stopped twice is stopped
   */
  public Ec2InstancePower(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  @Override
  public Optional<PowerState> look(InstanceId instance) {
    return find(instance)
        .map(
            found ->
                new PowerState(
                    found.state().nameAsString(),
                    Optional.ofNullable(found.launchTime()),
                    reason(found)));
  }

  private static Optional<String> reason(Instance instance) {
    return Optional.ofNullable(instance.stateReason())
        .map(reason -> "%s (%s)".formatted(reason.message(), reason.code()))
        .or(
            () ->
                Optional.ofNullable(instance.stateTransitionReason())
                    .filter(reason -> !reason.isBlank()));
  }

  @Override
  public Optional<StopFacts> facts(InstanceId instance) {
    return find(instance).map(found -> facts(instance, found));
  }

  private StopFacts facts(InstanceId id, Instance instance) {
    return new StopFacts(
        instance.state().nameAsString(),
        Optional.ofNullable(instance.launchTime()),
        Optional.ofNullable(instance.instanceLifecycleAsString()),
        String.valueOf(instance.rootDeviceTypeAsString()),
        instance.instanceTypeAsString(),
        storesLocally(instance.instanceTypeAsString()),
        ec2.describeInstanceAttribute(
                request ->
                    request
                        .instanceId(id.value())
                        .attribute(InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR))
            .instanceInitiatedShutdownBehavior()
            .value(),
        ec2.describeInstanceAttribute(
                request ->
                    request
                        .instanceId(id.value())
                        .attribute(InstanceAttributeName.DISABLE_API_STOP))
            .disableApiStop()
            .value(),
        instance.hibernationOptions() != null
            && Boolean.TRUE.equals(instance.hibernationOptions().configured()),
        moving(id),
        fleetingAddress(instance),
        tags(instance.tags()));
  }

  /** DescribeInstances names EBS volumes alone; only the type tells of others. */
  private boolean storesLocally(String type) {
    List<InstanceTypeInfo> types =
        ec2.describeInstanceTypes(request -> request.instanceTypesWithStrings(type))
            .instanceTypes();
    return types.isEmpty() || !Boolean.FALSE.equals(types.get(0).instanceStorageSupported());
  }

  private List<VolumeId> moving(InstanceId id) {
    return ec2
        .describeVolumesPaginator(
            request ->
                request.filters(
                    Filter.builder().name("attachment.instance-id").values(id.value()).build()))
        .volumes()
        .stream()
        .filter(volume -> isMoving(volume, id))
        .map(volume -> new VolumeId(volume.volumeId()))
        .toList();
  }

  private static boolean isMoving(Volume volume, InstanceId id) {
    return volume.attachments().stream()
        .filter(attachment -> id.value().equals(attachment.instanceId()))
        .anyMatch(attachment -> MOVING.contains(String.valueOf(attachment.stateAsString())));
  }

  private static Optional<String> fleetingAddress(Instance instance) {
    return Optional.ofNullable(instance.publicIpAddress())
        .filter(address -> !address.isEmpty())
        .filter(
            address ->
                instance.networkInterfaces().stream()
                    .map(InstanceNetworkInterface::association)
                    .filter(Objects::nonNull)
                    .filter(association -> address.equals(association.publicIp()))
                    .map(InstanceNetworkInterfaceAssociation::ipOwnerId)
                    .allMatch(FLEETING::equals));
  }

  private static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }

  private Optional<Instance> find(InstanceId instance) {
    try {
      return ec2
          .describeInstances(request -> request.instanceIds(instance.value()))
          .reservations()
          .stream()
          .flatMap(reservation -> reservation.instances().stream())
          .findFirst();
    } catch (Ec2Exception refused) {
      if ("InvalidInstanceID.NotFound".equals(refused.awsErrorDetails().errorCode())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** What EC2 may have done after all, such as an answer of 5xx, stays as it is. */
  @Override
  public void stop(InstanceId instance, boolean force) {
    try {
      ec2.stopInstances(request -> request.instanceIds(instance.value()).force(force));
    } catch (Ec2Exception refused) {
      if (refused.statusCode() >= 400 && refused.statusCode() < 500 && !passes(refused)) {
        throw new StopRefusedException(words("StopInstances", instance, refused), refused);
      }
      throw refused;
    }
  }

  @Override
  public void start(InstanceId instance) {
    try {
      ec2.startInstances(request -> request.instanceIds(instance.value()));
    } catch (Ec2Exception refused) {
      throw passes(refused)
          ? refused
          : new StartFailedException(words("StartInstances", instance, refused), refused);
    }
  }

  private static boolean passes(Ec2Exception refused) {
    return PASSING.contains(Objects.requireNonNullElse(refused.awsErrorDetails().errorCode(), ""));
  }

  private static String words(String call, InstanceId instance, Ec2Exception refused) {
    return "%s of %s: %s (%s)"
        .formatted(
            call,
            instance,
            Objects.requireNonNullElse(refused.awsErrorDetails().errorCode(), "no code"),
            refused.awsErrorDetails().errorMessage());
  }
}
