package dev.freezeframe.rehearsal.ec2.image;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.ec2.model.ArchitectureValues;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;
import software.amazon.awssdk.services.ec2.model.ImageTypeValues;
import software.amazon.awssdk.services.ec2.model.VirtualizationType;

/**
 * Images of Amazon Linux, and the public parameters of Systems Manager that name the newest of them
 * (EC2 user guide, "Reference AMIs using Systems Manager parameters").
 *
 * <p>An image has the root device {@code /dev/xvda}, 8 GiB of gp3, of a snapshot of Amazon's. Its
 * id is made of its parameter, so that it is the same in every rehearsal.
 */
public final class PublicImages {
  private static final String PREFIX =
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

  private final SortedMap<String, Image> byParameter = new TreeMap<>();

  PublicImages() {
    Map.of("x86_64", ArchitectureValues.X86_64, "arm64", ArchitectureValues.ARM64)
        .forEach(
            (suffix, architecture) ->
                byParameter.put(PREFIX + suffix, image(PREFIX + suffix, architecture)));
  }

  Collection<Image> all() {
    return byParameter.values();
  }

  /** The id of the image that a parameter names; empty: no such parameter is public. */
  public Optional<String> idOf(String parameter) {
    return Optional.ofNullable(byParameter.get(parameter)).map(Image::imageId);
  }

  /** Adds a parameter that names an image of its own. */
  Image add(String parameter, ArchitectureValues architecture) {
    Image image = image(parameter, architecture);
    byParameter.put(parameter, image);
    return image;
  }

  static Image image(String parameter, ArchitectureValues architecture) {
    String hex =
        UUID.nameUUIDFromBytes(parameter.getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "")
            .substring(0, 16);
    return Image.builder()
        .imageId("ami-0" + hex)
        .name(parameter.substring(parameter.lastIndexOf('/') + 1))
        .ownerId(FleetImages.AMAZON)
        .imageOwnerAlias("amazon")
        .publicLaunchPermissions(true)
        .state(ImageState.AVAILABLE)
        .imageType(ImageTypeValues.MACHINE)
        .architecture(architecture)
        .virtualizationType(VirtualizationType.HVM)
        .enaSupport(true)
        .imdsSupport("v2.0")
        .platformDetails("Linux/UNIX")
        .usageOperation("RunInstances")
        .rootDeviceName("/dev/xvda")
        .rootDeviceType(DeviceType.EBS)
        .blockDeviceMappings(
            BlockDeviceMapping.builder()
                .deviceName("/dev/xvda")
                .ebs(
                    ebs ->
                        ebs.snapshotId("snap-0" + hex)
                            .volumeSize(8)
                            .volumeType("gp3")
                            .encrypted(false)
                            .deleteOnTermination(true))
                .build())
        .build();
  }
}
