package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.TokenBucket;
import dev.freezeframe.rehearsal.ec2.api.ClientTokens;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.image.ImageStore;
import dev.freezeframe.rehearsal.ec2.inventory.AttachmentLimits;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.inventory.Links;
import dev.freezeframe.rehearsal.ec2.inventory.Zones;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.volume.VolumeOrders;
import dev.freezeframe.rehearsal.ec2.volume.Volumes;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;

/** Answers RunInstances, for one instance at a time. */
public final class Launches {
  static final String RUN = "ec2:RunInstances";

  private final VirtualTime time;
  private final Seed seed;
  private final Inventory inventory;
  private final LaunchOrders orders;
  private final VcpuQuota quota;
  private final Volumes volumes;
  private final InstanceStates states;
  private final ClientTokens tokens;
  private final FirstBoots boots;
  private final InstanceFault faults;
  private final TokenBucket instances =
      RequestRates.documented().apply(RUN + RequestRates.INSTANCES);
  private int made;

  private Launches(
      VirtualTime time,
      Seed seed,
      Inventory inventory,
      LaunchOrders orders,
      Volumes volumes,
      InstanceStates states,
      FirstBoots boots,
      ClientTokens tokens,
      InstanceFault faults) {
    this.time = time;
    this.seed = seed;
    this.inventory = inventory;
    this.orders = orders;
    this.quota = new VcpuQuota(inventory);
    this.volumes = volumes;
    this.states = states;
    this.boots = boots;
    this.tokens = tokens;
    this.faults = faults;
  }

  /** Those into a network. */
  public static Launches of(
      VirtualTime time,
      Seed seed,
      Inventory inventory,
      FleetNetwork network,
      Zones zones,
      ImageStore images,
      SnapshotStore snapshots,
      VolumeOrders volumeOrders,
      Volumes volumes,
      InstanceStates states,
      FirstBoots boots,
      ClientTokens tokens,
      InstanceFault faults) {
    LaunchDevices devices = new LaunchDevices(volumeOrders, snapshots);
    LaunchOrders orders = new LaunchOrders(zones, images, network, devices);
    return new Launches(time, seed, inventory, orders, volumes, states, boots, tokens, faults);
  }

  public RunInstancesResponse run(RunInstancesRequest request, Caller caller) {
    return tokens.once(request, request.clientToken(), () -> launch(request, caller));
  }

  private RunInstancesResponse launch(RunInstancesRequest request, Caller caller) {
    if (!instances.take(1, time.instant())) {
      throw Ec2Refusal.throttled();
    }
    LaunchOrder order = orders.of(request);
    AttachmentLimits.check(order.instance(), order.devices().size());
    quota.check(order.instance().instanceTypeAsString());
    volumes.check(order.volumes());
    made++;
    String id = "i-0" + seed.hex("instance/" + made, 16);
    String reservation = "r-0" + seed.hex("reservation/" + made, 16);
    List<Volume> itsVolumes = new ArrayList<>();
    Instance instance = begun(id, order);
    for (LaunchOrder.Device device : order.devices()) {
      Volume volume = volumes.begun(device.volume());
      Links.Link link =
          new Links.Link(
              volume.volumeId(),
              id,
              device.name(),
              VolumeAttachmentState.ATTACHING,
              device.deleteOnTermination(),
              time.instant());
      itsVolumes.add(Links.with(volume, link));
      instance = Links.with(instance, link);
    }
    inventory.launch(instance, reservation, order.attributes(), itsVolumes);
    boots.launched(
        id,
        order.userData(),
        faults.bootHangs(caller.instanceId()),
        !faults.lacksAgent(caller.instanceId()));
    boolean encrypted = order.volumes().stream().anyMatch(volume -> volume.key().isPresent());
    states.launch(
        id,
        faults.launchLacksCapacity(caller.instanceId()),
        encrypted && faults.findsKeyDisabled(RUN, caller.instanceId()),
        () -> arrive(order, itsVolumes));
    return RunInstancesResponse.builder()
        .reservationId(reservation)
        .ownerId(Account.ID)
        .instances(inventory.instance(id))
        .build();
  }

  private Instance begun(String id, LaunchOrder order) {
    return order
        .instance()
        .copy(
            builder ->
                builder
                    .instanceId(id)
                    .launchTime(time.instant())
                    .privateIpAddress("10.0.%d.%d".formatted(made / 250 % 250, made % 250 + 4))
                    .networkInterfaces(
                        InstanceNetworkInterface.builder()
                            .networkInterfaceId("eni-0" + seed.hex("interface/" + made, 16))
                            .subnetId(order.instance().subnetId())
                            .build())
                    .state(Inventory.state(InstanceStateName.PENDING)));
  }

  /** The instance runs: its volumes are attached, and are loaded from now on. */
  private void arrive(LaunchOrder order, List<Volume> itsVolumes) {
    for (int i = 0; i < itsVolumes.size(); i++) {
      String id = itsVolumes.get(i).volumeId();
      String instanceId = itsVolumes.get(i).attachments().get(0).instanceId();
      inventory.change(
          id,
          found ->
              Links.changed(
                  found,
                  instanceId,
                  attachment ->
                      attachment.copy(builder -> builder.state(VolumeAttachmentState.ATTACHED))));
      inventory.changeInstance(
          instanceId,
          found ->
              Links.changed(
                  found,
                  id,
                  ebs ->
                      ebs.copy(
                          builder ->
                              builder.status(Links.status(VolumeAttachmentState.ATTACHED)))));
      volumes.launched(itsVolumes.get(i), order.devices().get(i).volume());
    }
  }
}
