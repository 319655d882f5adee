package dev.freezeframe.restore.view;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.inventory.Ec2Instances;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreLedger;
import dev.freezeframe.restore.view.TargetView.Attached;
import dev.freezeframe.restore.view.TargetView.StopView;
import dev.freezeframe.stop.Ec2InstancePower;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.PlatformValues;
import software.amazon.awssdk.services.ec2.model.ProductCode;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** Asks EC2 and the ledger about an instance that a restore would change. */
record Ec2TargetReader(Ec2Client ec2, Ledger ledger, RestoreLedger restores) {
  /** The code of the state reason of an instance whose memory was written to its root volume. */
  private static final String HIBERNATED = "Client.UserInitiatedHibernate";

  /** An instance; empty: EC2 knows it no more. */
  Optional<TargetView> read(
      InstanceId instance, Destination to, Optional<RestoreId> own, Instant now) {
    return find(instance).map(found -> view(instance, found, to, own, now));
  }

  private TargetView view(
      InstanceId id, Instance instance, Destination to, Optional<RestoreId> own, Instant now) {
    return new TargetView(
        id,
        instance.state().nameAsString(),
        instance.placement().availabilityZone(),
        instance.instanceTypeAsString(),
        instance.platform() == PlatformValues.WINDOWS,
        Optional.ofNullable(instance.rootDeviceName()),
        String.valueOf(instance.rootDeviceTypeAsString()),
        Optional.ofNullable(instance.imageId()),
        Optional.ofNullable(instance.instanceLifecycleAsString()),
        instance.stateReason() != null && HIBERNATED.equals(instance.stateReason().code()),
        instance.productCodes().stream().map(ProductCode::productCodeId).sorted().toList(),
        Ec2Instances.tags(instance.tags()),
        attached(id, instance),
        instance.networkInterfaces().size(),
        new Ec2TypeReader(ec2).limit(instance.instanceTypeAsString()),
        to == Destination.IN_PLACE ? stop(id) : Optional.empty(),
        new BackupsUnderWay(ledger).of(id, now),
        restores.instanceLease(id, now).filter(other -> !own.equals(Optional.of(other))));
  }

  private Optional<StopView> stop(InstanceId instance) {
    return new Ec2InstancePower(ec2)
        .facts(instance)
        .map(
            facts ->
                new StopView(
                    facts.stopProtected(),
                    facts.shutdownBehavior(),
                    facts.storedLocally(),
                    facts.fleetingAddress()));
  }

  private List<Attached> attached(InstanceId id, Instance instance) {
    Map<String, Boolean> flags = new HashMap<>();
    for (InstanceBlockDeviceMapping device : instance.blockDeviceMappings()) {
      if (device.ebs() != null && device.ebs().volumeId() != null) {
        flags.put(device.ebs().volumeId(), Boolean.TRUE.equals(device.ebs().deleteOnTermination()));
      }
    }
    List<Volume> volumes =
        ec2
            .describeVolumesPaginator(
                request ->
                    request.filters(
                        Filter.builder().name("attachment.instance-id").values(id.value()).build()))
            .volumes()
            .stream()
            .toList();
    Map<SnapshotId, SnapshotRow> origins = origins(volumes);
    List<Attached> attached = new ArrayList<>();
    for (Volume volume : volumes) {
      volume.attachments().stream()
          .filter(attachment -> id.value().equals(attachment.instanceId()))
          .filter(attachment -> !"detached".equals(attachment.stateAsString()))
          .findFirst()
          .ifPresent(
              attachment ->
                  attached.add(
                      attached(
                          volume,
                          attachment,
                          flags.getOrDefault(
                              volume.volumeId(),
                              Boolean.TRUE.equals(attachment.deleteOnTermination())),
                          origins)));
    }
    attached.sort(Comparator.comparing(Attached::device));
    return attached;
  }

  private static Attached attached(
      Volume volume,
      VolumeAttachment attachment,
      boolean deleteOnTermination,
      Map<SnapshotId, SnapshotRow> origins) {
    LiveVolume live = Ec2VolumeReader.live(volume);
    return new Attached(
        live,
        String.valueOf(attachment.device()),
        String.valueOf(attachment.stateAsString()),
        deleteOnTermination,
        volume.attachments().stream()
            .filter(other -> !"detached".equals(other.stateAsString()))
            .map(VolumeAttachment::instanceId)
            .filter(Objects::nonNull)
            .filter(other -> !other.equals(attachment.instanceId()))
            .map(InstanceId::new)
            .sorted()
            .toList(),
        live.snapshot().map(origins::get));
  }

  /** Which of our snapshots the volumes were created of: an earlier restore may have done so. */
  private Map<SnapshotId, SnapshotRow> origins(List<Volume> volumes) {
    Map<SnapshotId, SnapshotRow> origins = new TreeMap<>();
    ledger
        .snapshots(
            volumes.stream().flatMap(volume -> Ec2VolumeReader.snapshot(volume).stream()).toList())
        .forEach(row -> origins.put(row.snapshot(), row));
    return origins;
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
      if (refused.awsErrorDetails() != null
          && "InvalidInstanceID.NotFound".equals(refused.awsErrorDetails().errorCode())) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
