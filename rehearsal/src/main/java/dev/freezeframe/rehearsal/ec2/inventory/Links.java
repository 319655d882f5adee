package dev.freezeframe.rehearsal.ec2.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.EbsInstanceBlockDevice;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/**
 * What EC2 says of an attachment, which it says twice: with the volume, and in the block device
 * mapping of the instance.
 */
public final class Links {
  private Links() {}

  /** An instance with one device more, its last. */
  public static Instance with(Instance instance, Link link) {
    List<InstanceBlockDeviceMapping> mappings = new ArrayList<>(instance.blockDeviceMappings());
    mappings.add(link.mapping());
    return instance.copy(builder -> builder.blockDeviceMappings(mappings));
  }

  /** A volume with one attachment more. */
  public static Volume with(Volume volume, Link link) {
    List<VolumeAttachment> attachments = new ArrayList<>(volume.attachments());
    attachments.add(link.attachment());
    return volume.copy(builder -> builder.attachments(attachments).state(VolumeState.IN_USE));
  }

  public static Instance without(Instance instance, String volumeId) {
    return instance.copy(
        builder ->
            builder.blockDeviceMappings(
                instance.blockDeviceMappings().stream()
                    .filter(mapping -> !isOf(mapping, volumeId))
                    .toList()));
  }

  /** An instance that has another volume in the place of one. */
  public static Instance replaced(Instance instance, String volumeId, Link link) {
    return instance.copy(
        builder ->
            builder.blockDeviceMappings(
                instance.blockDeviceMappings().stream()
                    .map(mapping -> isOf(mapping, volumeId) ? link.mapping() : mapping)
                    .toList()));
  }

  /** A volume that an instance has no more. */
  public static Volume without(Volume volume, String instanceId) {
    List<VolumeAttachment> left =
        volume.attachments().stream()
            .filter(attachment -> !instanceId.equals(attachment.instanceId()))
            .toList();
    VolumeState state = left.isEmpty() ? VolumeState.AVAILABLE : VolumeState.IN_USE;
    return volume.copy(builder -> builder.attachments(left).state(state));
  }

  /** An instance whose mapping of a volume is changed. */
  public static Instance changed(
      Instance instance, String volumeId, UnaryOperator<EbsInstanceBlockDevice> change) {
    return instance.copy(
        builder ->
            builder.blockDeviceMappings(
                instance.blockDeviceMappings().stream()
                    .map(
                        mapping ->
                            isOf(mapping, volumeId)
                                ? mapping.copy(with -> with.ebs(change.apply(mapping.ebs())))
                                : mapping)
                    .toList()));
  }

  /** A volume whose attachment to an instance is changed. */
  public static Volume changed(
      Volume volume, String instanceId, UnaryOperator<VolumeAttachment> change) {
    return volume.copy(
        builder ->
            builder.attachments(
                volume.attachments().stream()
                    .map(
                        attachment ->
                            instanceId.equals(attachment.instanceId())
                                ? change.apply(attachment)
                                : attachment)
                    .toList()));
  }

  private static boolean isOf(InstanceBlockDeviceMapping mapping, String volumeId) {
    return mapping.ebs() != null && volumeId.equals(mapping.ebs().volumeId());
  }

  /** How the mapping of an instance calls the state of an attachment: it has no word for busy. */
  public static AttachmentStatus status(VolumeAttachmentState state) {
    return state == VolumeAttachmentState.BUSY
        ? AttachmentStatus.DETACHING
        : AttachmentStatus.fromValue(state.toString());
  }

  /**
   * An attachment.
   *
   * @param at when it was begun; null: nobody says
   */
  public record Link(
      String volumeId,
      String instanceId,
      String device,
      VolumeAttachmentState state,
      boolean deleteOnTermination,
      Instant at) {

    /** One that someone made by hand. */
    static Link attached(String volumeId, String instanceId, String device) {
      return new Link(volumeId, instanceId, device, VolumeAttachmentState.ATTACHED, false, null);
    }

    VolumeAttachment attachment() {
      return VolumeAttachment.builder()
          .volumeId(volumeId)
          .instanceId(instanceId)
          .device(device)
          .state(state)
          .deleteOnTermination(deleteOnTermination)
          .attachTime(at)
          .build();
    }

    InstanceBlockDeviceMapping mapping() {
      return InstanceBlockDeviceMapping.builder()
          .deviceName(device)
          .ebs(
              ebs ->
                  ebs.volumeId(volumeId)
                      .status(status(state))
                      .deleteOnTermination(deleteOnTermination)
                      .attachTime(at))
          .build();
    }
  }
}
