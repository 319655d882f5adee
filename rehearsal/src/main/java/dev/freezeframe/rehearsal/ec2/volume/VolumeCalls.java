package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.ec2.api.ClientTokens;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Answers CreateVolume. */
public final class VolumeCalls {
  private static final String CREATE = "ec2:CreateVolume";

  private final VolumeOrders orders;
  private final Volumes volumes;
  private final ClientTokens tokens;
  private final InstanceFault faults;

  public VolumeCalls(
      VolumeOrders orders, Volumes volumes, ClientTokens tokens, InstanceFault faults) {
    this.orders = orders;
    this.volumes = volumes;
    this.tokens = tokens;
    this.faults = faults;
  }

  public CreateVolumeResponse create(CreateVolumeRequest request, Caller caller) {
    return tokens.once(
        request,
        request.clientToken(),
        () -> {
          VolumeOrder order = orders.of(request);
          volumes.check(List.of(order));
          boolean keyIsDisabled =
              order.key().isPresent() && faults.findsKeyDisabled(CREATE, caller.instanceId());
          Duration slower = faults.slowsCreation(caller.instanceId());
          return answer(volumes.create(order, keyIsDisabled, slower));
        });
  }

  private static CreateVolumeResponse answer(Volume volume) {
    return CreateVolumeResponse.builder()
        .volumeId(volume.volumeId())
        .availabilityZone(volume.availabilityZone())
        .size(volume.size())
        .volumeType(volume.volumeType())
        .iops(volume.iops())
        .throughput(volume.throughput())
        .multiAttachEnabled(volume.multiAttachEnabled())
        .encrypted(volume.encrypted())
        .kmsKeyId(volume.kmsKeyId())
        .snapshotId(volume.snapshotId())
        .volumeInitializationRate(volume.volumeInitializationRate())
        .createTime(volume.createTime())
        .state(volume.state())
        .tags(volume.tags())
        .build();
  }
}
