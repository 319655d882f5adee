package dev.freezeframe.rehearsal.ec2.image;

import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ArchitectureValues;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.BootModeValues;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.ImageTypeValues;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * The image that an instance was launched from, which no file describes: it fits the instance, is
 * public and Amazon's, and has a root volume of the snapshot that the instance's root volume names.
 */
final class FleetImages {
  static final String AMAZON = "137112412989";

  private FleetImages() {}

  static Image of(Instance instance, Inventory inventory) {
    Optional<Volume> root = inventory.boot(instance.instanceId()).flatMap(inventory::findVolume);
    String snapshot =
        root.map(Volume::snapshotId)
            .filter(id -> !id.isEmpty())
            .orElse(instance.imageId().replaceFirst("^ami-", "snap-"));
    return Image.builder()
        .imageId(instance.imageId())
        .name("image of the fleet, " + instance.imageId())
        .ownerId(AMAZON)
        .imageOwnerAlias("amazon")
        .publicLaunchPermissions(true)
        .state(ImageState.AVAILABLE)
        .imageType(ImageTypeValues.MACHINE)
        .architecture(
            Optional.ofNullable(instance.architectureAsString())
                .map(ArchitectureValues::fromValue)
                .orElse(ArchitectureValues.X86_64))
        .virtualizationType(
            Optional.ofNullable(instance.virtualizationType()).orElse(VirtualizationType.HVM))
        .bootMode(
            Optional.ofNullable(instance.bootModeAsString())
                .map(BootModeValues::fromValue)
                .orElse(null))
        .tpmSupport(instance.tpmSupport())
        .enaSupport(instance.enaSupport())
        .platformDetails(instance.platformDetails())
        .usageOperation(instance.usageOperation())
        .rootDeviceName(instance.rootDeviceName())
        .rootDeviceType(instance.rootDeviceType())
        .productCodes(instance.productCodes())
        .blockDeviceMappings(
            BlockDeviceMapping.builder()
                .deviceName(instance.rootDeviceName())
                .ebs(
                    ebs ->
                        ebs.snapshotId(snapshot)
                            .volumeSize(root.map(Volume::size).orElse(8))
                            .volumeType(root.map(Volume::volumeType).orElse(null))
                            .encrypted(false)
                            .deleteOnTermination(true))
                .build())
        .build();
  }
}
