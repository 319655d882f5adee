package dev.freezeframe.rehearsal.ec2.image;

import dev.freezeframe.rehearsal.cloud.Account;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.snapshot.StoredSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.ArchitectureValues;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.BootModeValues;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.ImageTypeValues;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;

/**
 * Reads what RegisterImage asks for. What is not named is {@code i386} and {@code paravirtual}, and
 * no instance of today starts from that: EC2 API, RegisterImage.
 */
public final class ImageOrders {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9()\\[\\] ./'@_-]{3,128}");

  private final SnapshotStore snapshots;

  public ImageOrders(SnapshotStore snapshots) {
    this.snapshots = snapshots;
  }

  Image.Builder of(RegisterImageRequest request) {
    if (!NAME.matcher(request.name()).matches()) {
      throw Ec2Refusal.of(
          "InvalidAMIName.Malformed",
          "AMI names have 3 to 128 letters, digits, parentheses, brackets, spaces, periods,"
              + " slashes, dashes, single quotes, at-signs or underscores");
    }
    if (request.rootDeviceName() == null) {
      throw Ec2Refusal.missing("RootDeviceName");
    }
    List<BlockDeviceMapping> mappings =
        request.blockDeviceMappings().stream().map(this::mapping).toList();
    if (mappings.stream()
        .noneMatch(
            mapping ->
                Objects.equals(mapping.deviceName(), request.rootDeviceName())
                    && mapping.ebs().snapshotId() != null)) {
      throw Ec2Refusal.of(
          "InvalidBlockDeviceMapping",
          "The root device %s has no snapshot".formatted(request.rootDeviceName()));
    }
    if (request.tpmSupport() != null && request.bootMode() != BootModeValues.UEFI) {
      throw Ec2Refusal.of("InvalidParameterCombination", "TpmSupport needs the boot mode uefi.");
    }
    return Image.builder()
        .name(request.name())
        .description(request.description())
        .ownerId(Account.ID)
        .publicLaunchPermissions(false)
        .state(ImageState.AVAILABLE)
        .imageType(ImageTypeValues.MACHINE)
        .architecture(Optional.ofNullable(request.architecture()).orElse(ArchitectureValues.I386))
        .virtualizationType(
            Optional.ofNullable(request.virtualizationType())
                .map(VirtualizationType::fromValue)
                .orElse(VirtualizationType.PARAVIRTUAL))
        .enaSupport(Boolean.TRUE.equals(request.enaSupport()))
        .sriovNetSupport(request.sriovNetSupport())
        .bootMode(request.bootMode())
        .tpmSupport(request.tpmSupport())
        .imdsSupport(request.imdsSupport())
        .platformDetails("Linux/UNIX")
        .usageOperation("RunInstances")
        .rootDeviceName(request.rootDeviceName())
        .rootDeviceType(DeviceType.EBS)
        .blockDeviceMappings(mappings)
        .tags(Tags.list(Tags.given(tags(request))));
  }

  private static List<Tag> tags(RegisterImageRequest request) {
    request.tagSpecifications().stream()
        .filter(specification -> specification.resourceType() != ResourceType.IMAGE)
        .findFirst()
        .ifPresent(
            other -> {
              throw Ec2Refusal.notTaggable(other.resourceTypeAsString());
            });
    return request.tagSpecifications().stream()
        .flatMap(specification -> specification.tags().stream())
        .toList();
  }

  private BlockDeviceMapping mapping(BlockDeviceMapping mapping) {
    EbsBlockDevice ebs = mapping.ebs();
    if (ebs == null) {
      throw Ec2Refusal.of(
          "InvalidBlockDeviceMapping",
          "The device %s has no volume: nothing else is simulated".formatted(mapping.deviceName()));
    }
    if (ebs.snapshotId() == null) {
      return mapping;
    }
    StoredSnapshot snapshot = snapshots.visible(ebs.snapshotId());
    if (snapshot.state() != SnapshotState.COMPLETED) {
      throw Ec2Refusal.of(
          "IncorrectState", "Snapshot is in invalid state - " + snapshot.state().toString());
    }
    if (ebs.encrypted() != null) {
      throw Ec2Refusal.of(
          "InvalidBlockDeviceMapping",
          "the encrypted flag cannot be specified since device %s has a snapshot specified."
              .formatted(mapping.deviceName()));
    }
    return mapping.copy(
        builder ->
            builder.ebs(
                ebs.copy(
                    known ->
                        known
                            .encrypted(snapshot.key().isPresent())
                            .volumeSize(
                                Optional.ofNullable(ebs.volumeSize()).orElse(snapshot.sizeInGib()))
                            .deleteOnTermination(
                                !Boolean.FALSE.equals(ebs.deleteOnTermination())))));
  }
}
