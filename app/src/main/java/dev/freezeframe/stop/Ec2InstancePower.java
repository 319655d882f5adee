package dev.freezeframe.stop;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.Ec2Instances;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Stops and starts instances in EC2. */
public final class Ec2InstancePower implements InstancePower {
  /** The owner of an address that goes with a stop; that of an Elastic IP is an account. */
  private static final String FLEETING = "amazon";

  /** EC2's own word for an overload, which the SDK does not count as throttling. */
  private static final String OVERLOADED = "Unavailable";

  /**
   * How {@code StateTransitionReason} says that a call stopped an instance: answers of
   * DescribeInstances in public repositories and in AWS's own examples.
   */
  private static final Pattern USER_INITIATED =
      Pattern.compile(
          "User initiated \\((\\d{4}-\\d{2}-\\d{2}) ([0-2]\\d:[0-5]\\d:[0-5]\\d) GMT\\)");

  private static final Set<String> MOVING = Set.of("attaching", "busy", "detaching");

  private final Ec2Client ec2;
  private final Ec2Client once;

  /** Adapts EC2 for one to whom it is all the same who stopped an instance. */
  public Ec2InstancePower(Ec2Client ec2) {
    this(ec2, ec2);
  }

  /**
   * Adapts EC2.
   *
   * @param once makes a stop or a start: where the SDK tries again, the first answer is lost, which
   *     says whether the instance ran, and a start that lacks capacity is three calls
   */
  public Ec2InstancePower(Ec2Client ec2, Ec2Client once) {
    this.ec2 = ec2;
    this.once = once;
  }

  @Override
  public Optional<PowerState> look(InstanceId instance) {
    return find(instance)
        .map(
            found ->
                new PowerState(
                    found.state().nameAsString(),
                    Optional.ofNullable(found.launchTime()),
                    reason(found),
                    toldAt(found)));
  }

  private static Optional<Instant> toldAt(Instance instance) {
    Matcher told =
        USER_INITIATED.matcher(Objects.requireNonNullElse(instance.stateTransitionReason(), ""));
    try {
      return told.matches()
          ? Optional.of(Instant.parse("%sT%sZ".formatted(told.group(1), told.group(2))))
          : Optional.empty();
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  private static Optional<StateReason> reason(Instance instance) {
    return Optional.ofNullable(instance.stateReason())
        .map(
            reason ->
                new StateReason(
                    String.valueOf(reason.code()),
                    "%s (%s)".formatted(reason.message(), reason.code())))
        .or(
            () ->
                Optional.ofNullable(instance.stateTransitionReason())
                    .filter(words -> !words.isBlank())
                    .map(words -> new StateReason("", words)));
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
        Ec2Instances.tags(instance.tags()));
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

  private Optional<Instance> find(InstanceId instance) {
    try {
      return ec2
          .describeInstances(request -> request.instanceIds(instance.value()))
          .reservations()
          .stream()
          .flatMap(reservation -> reservation.instances().stream())
          .findFirst();
    } catch (Ec2Exception refused) {
      if (code(refused).equals("InvalidInstanceID.NotFound")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** What EC2 may have done after all, such as an answer of 5xx, stays as it is. */
  @Override
  public Optional<String> stop(InstanceId instance, boolean force) {
    try {
      return once
          .stopInstances(request -> request.instanceIds(instance.value()).force(force))
          .stoppingInstances()
          .stream()
          .filter(change -> instance.value().equals(change.instanceId()))
          .flatMap(change -> Optional.ofNullable(change.previousState()).stream())
          .map(InstanceState::nameAsString)
          .findFirst();
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
      once.startInstances(request -> request.instanceIds(instance.value()));
    } catch (Ec2Exception refused) {
      throw passes(refused)
          ? refused
          : new StartFailedException(
              words("StartInstances", instance, refused), code(refused), refused);
    }
  }

  /** Whether it says nothing of the instance, and the same call may be taken a moment later. */
  private static boolean passes(Ec2Exception refused) {
    return refused.isThrottlingException() || code(refused).equals(OVERLOADED);
  }

  private static String code(Ec2Exception refused) {
    return Optional.ofNullable(refused.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("no code");
  }

  private static String words(String call, InstanceId instance, Ec2Exception refused) {
    String message =
        Optional.ofNullable(refused.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .orElse("EC2 says no more");
    return "%s of %s: %s (%s)".formatted(call, instance, code(refused), message);
  }
}
