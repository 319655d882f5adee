package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.inventory.VolumeRules;
import dev.freezeframe.rehearsal.ec2.inventory.Zones;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.snapshot.StoredSnapshot;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.StorageTier;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** Reads what a call asks of a volume, and refuses what EC2 refuses at once. */
public final class VolumeOrders {
  private static final int MIN_RATE = 100;
  private static final int MAX_RATE = 300;

  private final Zones zones;
  private final SnapshotStore snapshots;
  private final EmbeddedKms kms;

  public VolumeOrders(Zones zones, SnapshotStore snapshots, EmbeddedKms kms) {
    this.zones = zones;
    this.snapshots = snapshots;
    this.kms = kms;
  }

  /** The volume of a call for one. */
  public VolumeOrder of(CreateVolumeRequest request) {
    List<Tag> tags =
        request.tagSpecifications().stream()
            .peek(
                specification -> {
                  if (specification.resourceType() != ResourceType.VOLUME) {
                    throw Ec2Refusal.notTaggable(specification.resourceTypeAsString());
                  }
                })
            .flatMap(specification -> specification.tags().stream())
            .toList();
    return of(request, zones.asked(request.availabilityZone()), Tags.given(tags));
  }

  /** The volume of a block device mapping, where an instance is launched. */
  public VolumeOrder of(EbsBlockDevice ebs, String zone, SortedMap<String, String> tags) {
    return of(
        CreateVolumeRequest.builder()
            .snapshotId(ebs.snapshotId())
            .size(ebs.volumeSize())
            .volumeType(ebs.volumeType())
            .iops(ebs.iops())
            .throughput(ebs.throughput())
            .encrypted(ebs.encrypted())
            .kmsKeyId(ebs.kmsKeyId())
            .volumeInitializationRate(ebs.volumeInitializationRate())
            .build(),
        zone,
        tags);
  }

  private VolumeOrder of(CreateVolumeRequest request, String zone, SortedMap<String, String> tags) {
    VolumeRules rules =
        VolumeRules.of(Optional.ofNullable(request.volumeType()).orElse(VolumeType.GP2));
    if (rules == null) {
      throw Ec2Refusal.invalid(request.volumeTypeAsString(), "volumeType", "No such type");
    }
    Optional<StoredSnapshot> snapshot =
        Optional.ofNullable(request.snapshotId()).filter(id -> !id.isEmpty()).map(this::usable);
    int size = size(request.size(), snapshot, rules);
    boolean multiAttach = Boolean.TRUE.equals(request.multiAttachEnabled());
    if (multiAttach && rules.type() != VolumeType.IO1 && rules.type() != VolumeType.IO2) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "Multi-Attach is not supported for %s volumes.".formatted(rules.type()));
    }
    return new VolumeOrder(
        zone,
        size,
        PerformanceCheck.of(request, rules, size),
        multiAttach,
        key(request, snapshot),
        origin(request.volumeInitializationRate(), snapshot),
        tags);
  }

  private StoredSnapshot usable(String id) {
    StoredSnapshot snapshot = snapshots.visible(id);
    if (snapshot.state() != SnapshotState.COMPLETED) {
      throw Ec2Refusal.of(
          "IncorrectState", "Snapshot is in invalid state - " + snapshot.state().toString());
    }
    if (snapshot.tier() != StorageTier.STANDARD) {
      throw Ec2Refusal.of(
          "IncorrectState",
          "The snapshot '%s' is in the %s tier, restore it first".formatted(id, snapshot.tier()));
    }
    return snapshot;
  }

  private static int size(Integer asked, Optional<StoredSnapshot> snapshot, VolumeRules rules) {
    if (asked == null && snapshot.isEmpty()) {
      throw Ec2Refusal.of(
          "MissingParameter", "The request must contain the parameter size or snapshotId");
    }
    int least = snapshot.map(StoredSnapshot::sizeInGib).orElse(1);
    int size = asked == null ? least : asked;
    if (size < least) {
      throw Ec2Refusal.invalid(
          size, "size", "The snapshot needs a volume of %d GiB or more".formatted(least));
    }
    if (size < rules.minSize() || size > rules.maxSize()) {
      throw Ec2Refusal.invalid(
          size,
          "size",
          "%s volumes have %d to %d GiB".formatted(rules.type(), rules.minSize(), rules.maxSize()));
    }
    return size;
  }

  /** EBS user guide, "Encryption outcomes" without encryption by default. */
  private Optional<String> key(CreateVolumeRequest request, Optional<StoredSnapshot> snapshot) {
    boolean asked = Boolean.TRUE.equals(request.encrypted());
    Optional<String> named =
        Optional.ofNullable(request.kmsKeyId()).map(key -> kms.arn(key).orElse(key));
    if (named.isPresent() && !asked) {
      throw Ec2Refusal.of(
          "InvalidParameterDependency",
          "The parameter KmsKeyId requires the parameter Encrypted to be set.");
    }
    Optional<String> inherited = snapshot.flatMap(StoredSnapshot::key);
    if (inherited.isPresent() && Boolean.FALSE.equals(request.encrypted())) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "The snapshot '%s' is encrypted, and so is a volume that is made of it"
              .formatted(request.snapshotId()));
    }
    return named
        .or(() -> inherited)
        .or(() -> asked ? kms.arn(EmbeddedKms.EBS_ALIAS) : Optional.empty());
  }

  private static Optional<VolumeOrder.Origin> origin(
      Integer rate, Optional<StoredSnapshot> snapshot) {
    if (rate != null && snapshot.isEmpty()) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "The parameter volumeInitializationRate is supported only with a snapshot");
    }
    if (rate != null && (rate < MIN_RATE || rate > MAX_RATE)) {
      throw Ec2Refusal.invalid(
          rate,
          "volumeInitializationRate",
          "Expecting %d to %d MiB/s".formatted(MIN_RATE, MAX_RATE));
    }
    return snapshot.map(
        of -> new VolumeOrder.Origin(of.id(), of.bytes(), Optional.ofNullable(rate)));
  }
}
