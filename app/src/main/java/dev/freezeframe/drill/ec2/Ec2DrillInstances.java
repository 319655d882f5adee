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
  /** Of the EC2 API's list of errors: a quota of the account, which another drill may leave. */
  private static final Set<String> QUOTAS =
      Set.of(
          "AttachmentLimitExceeded",
          "InstanceLimitExceeded",
          "ResourceCountExceeded",
          "VcpuLimitExceeded",
          "VolumeLimitExceeded");

  /** What EC2 says of a key that it may not use, where it says so at once. */
  private static final String REVOKED_KEY = "CustomerKeyHasBeenRevoked";

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
        instance.launchTime(),
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
      if (Ec2Refusals.passes(refused)) {
        throw refused;
      }
      String code = Ec2Refusals.code(refused);
      String words = Ec2Refusals.words("RunInstances for " + drill.id(), refused);
      return Ec2Refusals.isCapacity(refused) || QUOTAS.contains(code)
          ? new Launch.NoRoom(words)
          : new Launch.Refused(words, code.equals(REVOKED_KEY));
    }
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
