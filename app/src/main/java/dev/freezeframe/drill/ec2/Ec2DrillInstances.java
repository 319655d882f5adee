package dev.freezeframe.drill.ec2;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillTags;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.restore.ec2.Ec2Refusals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/** Drill instances in EC2. */
public final class Ec2DrillInstances implements DrillInstances {
  /**
   * Of the EC2 API's list of errors: what another subnet or zone may have. A quota is of the
   * account and Region, so that no other subnet helps.
   */
  private static final Set<String> NO_ROOM =
      Set.of(
          "InsufficientFreeAddressesInSubnet",
          "InsufficientVolumeCapacity",
          "Unsupported",
          "VolumeTypeNotAvailableInZone");

  /** More volumes than an instance of the type takes, by the same list. */
  private static final Set<String> TOO_MANY_VOLUMES =
      Set.of("AttachmentLimitExceeded", "CardAttachmentLimitExceeded");

  /** What no restore of the set could use either: a key of no more use, a snapshot that is gone. */
  private static final Set<String> OF_THE_SET =
      Set.of("CustomerKeyHasBeenRevoked", "InvalidSnapshot.NotFound");

  private final Ec2Client ec2;

  /**
   * Adapts EC2.
   *
   * @param ec2 may retry: a launch has a token
   */
  public Ec2DrillInstances(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  @Override
  public Optional<View> launched(String token) {
    return described(Filter.builder().name("client-token").values(token).build()).findFirst();
  }

  @Override
  public List<View> tagged() {
    return described(
            Filter.builder().name("tag-key").values(DrillTags.DRILL).build(),
            Filter.builder()
                .name("instance-state-name")
                .values("pending", "running", "shutting-down", "stopping", "stopped")
                .build())
        .toList();
  }

  private Stream<View> described(Filter... filters) {
    return ec2
        .describeInstancesPaginator(request -> request.filters(filters))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Ec2DrillInstances::view);
  }

  private static View view(Instance instance) {
    return new View(
        new InstanceId(instance.instanceId()),
        instance.state().nameAsString(),
        Optional.ofNullable(instance.stateReason()).map(reason -> String.valueOf(reason.code())),
        Optional.ofNullable(instance.stateReason()).map(reason -> String.valueOf(reason.message())),
        String.valueOf(instance.imageId()),
        Optional.ofNullable(instance.launchTime()),
        Optional.ofNullable(instance.clientToken()).filter(token -> !token.isEmpty()),
        Optional.ofNullable(Ec2Instances.tags(instance.tags()).get(DrillTags.DRILL)));
  }

  @Override
  public Launch launch(DrillRow drill) {
    try {
      RunInstancesResponse answer = ec2.runInstances(Ec2DrillRequest.of(drill));
      Instance instance = answer.instances().get(0);
      return new Launch.Taken(
          new InstanceId(instance.instanceId()), String.valueOf(instance.imageId()));
    } catch (Ec2Exception refused) {
      String code = Ec2Refusals.code(refused);
      String words = Ec2Refusals.words("RunInstances for " + drill.id(), refused);
      // Before what may pass: EC2 has some of these with status 500.
      if (Ec2Refusals.isCapacity(refused) || NO_ROOM.contains(code)) {
        return new Launch.NoRoom(words);
      }
      if (Ec2Refusals.passes(refused)) {
        throw refused;
      }
      return new Launch.Refused(
          TOO_MANY_VOLUMES.contains(code) ? words + tooMany(drill) : words,
          OF_THE_SET.contains(code));
    }
  }

  private static String tooMany(DrillRow drill) {
    return drill
        .plan()
        .map(
            plan ->
                "; %d volumes are more than the type takes: name another in drill.instanceType"
                    .formatted(plan.members().size()))
        .orElse("");
  }

  @Override
  public void terminate(InstanceId instance) {
    try {
      ec2.terminateInstances(request -> request.instanceIds(instance.value()));
    } catch (Ec2Exception refused) {
      if (!Ec2Refusals.code(refused).equals("InvalidInstanceID.NotFound")) {
        throw refused;
      }
    }
  }
}
