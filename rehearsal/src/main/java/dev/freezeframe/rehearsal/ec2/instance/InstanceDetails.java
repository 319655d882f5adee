package dev.freezeframe.rehearsal.ec2.instance;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.StateReason;

/**
 * What else DescribeInstances tells of an instance that was stopped or started: reasons, the time
 * of its launch, its public address.
 *
 * <p>EC2 takes an address that it lent back with the stop and lends another with the start; an
 * Elastic IP address stays (EC2 user guide, "Stop and start Amazon EC2 instances").
 */
public final class InstanceDetails {
  /** As DescribeInstances has it: "User initiated (2020-08-10 13:33:04 GMT)". */
  private static final DateTimeFormatter INITIATED =
      DateTimeFormatter.ofPattern("'User initiated ('uuuu-MM-dd HH:mm:ss 'GMT)'")
          .withZone(ZoneOffset.UTC);

  /** The {@code IpOwnerId} of an address that EC2 lent; of an Elastic IP address, the account. */
  private static final String LENT = "amazon";

  private InstanceDetails() {}

  public static Instance stopping(Instance instance, Instant at) {
    return instance.copy(
        builder ->
            builder
                .stateReason(
                    reason(
                        "Client.UserInitiatedShutdown",
                        "Client.UserInitiatedShutdown: User initiated shutdown"))
                .stateTransitionReason(INITIATED.format(at)));
  }

  /** The reason of an instance that shut itself down: EC2 API, StateReason. */
  static Instance stoppingFromWithin(Instance instance, Instant at) {
    return instance.copy(
        builder ->
            builder
                .stateReason(
                    reason(
                        "Client.InstanceInitiatedShutdown",
                        "Client.InstanceInitiatedShutdown: Instance initiated shutdown"))
                .stateTransitionReason(""));
  }

  /** Whether it has a public address that goes with a stop. */
  public static boolean hasLentAddress(Instance instance) {
    return instance.publicIpAddress() != null
        && instance.networkInterfaces().stream()
            .map(InstanceNetworkInterface::association)
            .noneMatch(known -> known != null && !LENT.equals(known.ipOwnerId()));
  }

  public static Instance withoutAddress(Instance instance) {
    return instance.copy(
        builder ->
            builder
                .publicIpAddress(null)
                .publicDnsName("")
                .networkInterfaces(
                    instance.networkInterfaces().stream()
                        .map(
                            one ->
                                one.copy(
                                    changed ->
                                        changed.association(
                                            (InstanceNetworkInterfaceAssociation) null)))
                        .toList()));
  }

  public static Instance withAddress(Instance instance, String address) {
    return instance.copy(
        builder ->
            builder
                .publicIpAddress(address)
                .networkInterfaces(
                    instance.networkInterfaces().stream()
                        .map(
                            one ->
                                one.copy(
                                    changed ->
                                        changed.association(
                                            lent -> lent.ipOwnerId(LENT).publicIp(address))))
                        .toList()));
  }

  public static Instance starting(Instance instance, Instant at) {
    return instance.copy(
        builder ->
            builder.launchTime(at).stateReason((StateReason) null).stateTransitionReason(""));
  }

  /** What a start comes to that was accepted, as the API reference of StateReason lists it. */
  public static Instance lackingCapacity(Instance instance) {
    return instance.copy(
        builder ->
            builder.stateReason(
                reason(
                    "Server.InsufficientInstanceCapacity",
                    "Server.InsufficientInstanceCapacity: There was insufficient capacity"
                        + " available to satisfy the launch request")));
  }

  /**
   * What a start or a launch comes to that may not use a key: re:Post, "kms-iam-ec2-permission".
   */
  static Instance lackingKey(Instance instance) {
    return instance.copy(
        builder ->
            builder.stateReason(
                reason("Client.InternalError", "Client.InternalError: Client error on launch")));
  }

  private static StateReason reason(String code, String message) {
    return StateReason.builder().code(code).message(message).build();
  }
}
