package dev.freezeframe.restore.ec2;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreTags;
import dev.freezeframe.stop.StartFailedException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Launches in EC2. */
public final class Ec2Launches implements Launches {
  private final Ec2Client ec2;

  /**
   * Adapts EC2.
   *
   * @param ec2 may retry: every call has a token, or a name that is taken once
   */
  public Ec2Launches(Ec2Client ec2) {
    this.ec2 = ec2;
  }

  @Override
  public Optional<ImageView> image(RestoreId restore) {
    return ec2
        .describeImages(
            request ->
                request
                    .owners("self")
                    .filters(Filter.builder().name("name").values(restore.value()).build()))
        .images()
        .stream()
        .map(image -> new ImageView(image.imageId(), image.stateAsString()))
        .findFirst();
  }

  @Override
  public void register(RestoreId restore, RestorePlan plan) {
    try {
      ec2.registerImage(Ec2LaunchRequests.image(restore, plan));
    } catch (Ec2Exception refused) {
      if (!Ec2Refusals.code(refused).equals("InvalidAMIName.Duplicate")) {
        throw Ec2Refusals.told("RegisterImage of " + restore, refused);
      }
    }
  }

  @Override
  public void deregister(String image) {
    try {
      ec2.deregisterImage(request -> request.imageId(image));
    } catch (Ec2Exception refused) {
      if (!Ec2Refusals.code(refused).startsWith("InvalidAMIID.")) {
        throw Ec2Refusals.told("DeregisterImage of " + image, refused);
      }
    }
  }

  @Override
  public Optional<LaunchView> launched(RestoreId restore) {
    return ec2
        .describeInstances(
            request ->
                request.filters(
                    Filter.builder().name("client-token").values(restore.value()).build()))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Ec2Launches::view)
        .findFirst();
  }

  private static LaunchView view(Instance instance) {
    return new LaunchView(
        new InstanceId(instance.instanceId()),
        instance.state().nameAsString(),
        Optional.ofNullable(instance.stateReason())
            .map(reason -> "%s (%s)".formatted(reason.message(), reason.code())));
  }

  @Override
  public InstanceId launch(RestoreId restore, RestorePlan plan, String image) {
    try {
      return new InstanceId(
          ec2.runInstances(Ec2LaunchRequests.instance(restore, plan, image))
              .instances()
              .get(0)
              .instanceId());
    } catch (Ec2Exception refused) {
      String what = "RunInstances of %s for %s".formatted(image, restore);
      throw Ec2Refusals.isCapacity(refused)
          ? new StartFailedException(
              Ec2Refusals.words(what, refused), Ec2Refusals.code(refused), refused)
          : Ec2Refusals.told(what, refused);
    }
  }

  @Override
  public void terminate(InstanceId instance) {
    try {
      ec2.terminateInstances(request -> request.instanceIds(instance.value()));
    } catch (Ec2Exception refused) {
      if (!Ec2Refusals.code(refused).equals("InvalidInstanceID.NotFound")) {
        throw Ec2Refusals.told("TerminateInstances of " + instance, refused);
      }
    }
  }

  @Override
  public Optional<String> rootTask(RestoreId restore, InstanceId instance) {
    return ec2
        .describeReplaceRootVolumeTasksPaginator(
            request ->
                request.filters(
                    Filter.builder().name("instance-id").values(instance.value()).build()))
        .replaceRootVolumeTasks()
        .stream()
        .filter(
            task ->
                task.tags().stream()
                    .anyMatch(
                        tag ->
                            tag.key().equals(RestoreTags.RESTORE)
                                && tag.value().equals(restore.value())))
        .map(task -> task.taskStateAsString())
        .findFirst();
  }

  @Override
  public void replaceRoot(RestoreId restore, RestorePlan plan) {
    CreateReplaceRootVolumeTaskRequest.Builder request =
        CreateReplaceRootVolumeTaskRequest.builder()
            .clientToken(restore.value())
            .instanceId(plan.target().orElseThrow().value())
            .snapshotId(plan.volumes().get(0).snapshot().value())
            .deleteReplacedRootVolume(false)
            .tagSpecifications(
                Ec2LaunchRequests.tagged(ResourceType.REPLACE_ROOT_VOLUME_TASK, restore, Map.of()));
    plan.request()
        .initializeMiBps()
        .ifPresent(rate -> request.volumeInitializationRate((long) rate));
    try {
      ec2.createReplaceRootVolumeTask(request.build());
    } catch (Ec2Exception refused) {
      throw Ec2Refusals.told(
          "CreateReplaceRootVolumeTask of %s".formatted(plan.target().orElseThrow()), refused);
    }
  }
}
