package dev.freezeframe.rehearsal.ec2.volume;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.AttachmentLimits;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.util.Objects;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** Answers AttachVolume and DetachVolume; docs/embedded-cloud.md has the sources. */
public final class AttachmentCalls {
  private static final int MAX_INSTANCES = 16;

  /** EC2 user guide, "Device names for volumes on Amazon EC2 instances". */
  private static final Pattern DEVICE =
      Pattern.compile("(/dev/)?(sd[a-z]([1-9]|1[0-5])?|xvd[a-d]?[a-z]|hd[a-z]([1-9]|1[0-5])?)");

  private final Inventory inventory;
  private final Attachments attachments;

  public AttachmentCalls(Inventory inventory, Attachments attachments) {
    this.inventory = inventory;
    this.attachments = attachments;
  }

  public AttachVolumeResponse attach(AttachVolumeRequest request) {
    String device = request.device();
    Volume volume = inventory.volume(request.volumeId());
    Instance instance = inventory.asked(request.instanceId());
    if (!DEVICE.matcher(device).matches()) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Value (%1$s) for parameter device is invalid. %1$s is not a valid EBS device name."
              .formatted(device));
    }
    checkFree(volume, instance);
    checkZone(volume, instance);
    InstanceStateName state = Inventory.state(instance);
    if (state != InstanceStateName.RUNNING && state != InstanceStateName.STOPPED) {
      throw Ec2Refusal.of(
          "IncorrectState", "Instance '%s' is not 'running'.".formatted(instance.instanceId()));
    }
    if (instance.blockDeviceMappings().stream()
        .anyMatch(mapping -> device.equals(mapping.deviceName()))) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Invalid value '%1$s' for unixDevice. Attachment point %1$s is already in use"
              .formatted(device));
    }
    AttachmentLimits.check(instance, 1);
    VolumeAttachment begun = attachments.begin(volume, instance.instanceId(), device);
    return AttachVolumeResponse.builder()
        .volumeId(begun.volumeId())
        .instanceId(begun.instanceId())
        .device(begun.device())
        .state(begun.state())
        .attachTime(begun.attachTime())
        .deleteOnTermination(begun.deleteOnTermination())
        .build();
  }

  private static void checkFree(Volume volume, Instance instance) {
    boolean shared = Boolean.TRUE.equals(volume.multiAttachEnabled());
    boolean here = Attachments.attachment(volume, instance.instanceId()).isPresent();
    if (here || (!shared && !volume.attachments().isEmpty())) {
      throw Ec2Refusal.of(
          "VolumeInUse", "%s is already attached to an instance".formatted(volume.volumeId()));
    }
    if (shared && volume.attachments().size() >= MAX_INSTANCES) {
      throw Ec2Refusal.of(
          "AttachmentLimitExceeded",
          "%s is attached to %d instances".formatted(volume.volumeId(), MAX_INSTANCES));
    }
    if (volume.state() != VolumeState.AVAILABLE && volume.state() != VolumeState.IN_USE) {
      throw Ec2Refusal.of("IncorrectState", volume.volumeId() + " is not 'available'.");
    }
  }

  private static void checkZone(Volume volume, Instance instance) {
    if (!Objects.equals(volume.availabilityZone(), instance.placement().availabilityZone())) {
      throw Ec2Refusal.of(
          "InvalidVolume.ZoneMismatch",
          "The volume '%s' is not in the same availability zone as instance '%s'"
              .formatted(volume.volumeId(), instance.instanceId()));
    }
  }

  public DetachVolumeResponse detach(DetachVolumeRequest request) {
    Volume volume = inventory.volume(request.volumeId());
    if (volume.attachments().isEmpty()) {
      throw Ec2Refusal.of(
          "IncorrectState",
          "Volume '%s' is in the '%s' state.".formatted(volume.volumeId(), volume.state()));
    }
    if (request.instanceId() == null && volume.attachments().size() > 1) {
      throw Ec2Refusal.of(
          "MissingParameter",
          "The request must contain the parameter InstanceId for a volume of several instances");
    }
    VolumeAttachment attachment =
        volume.attachments().stream()
            .filter(
                found ->
                    request.instanceId() == null || request.instanceId().equals(found.instanceId()))
            .filter(found -> request.device() == null || request.device().equals(found.device()))
            .findFirst()
            .orElseThrow(
                () ->
                    Ec2Refusal.of(
                        "InvalidAttachment.NotFound",
                        "Volume '%s' is not attached as the request says"
                            .formatted(volume.volumeId())));
    checkDetachable(volume, attachment);
    VolumeAttachment begun = attachments.detach(volume.volumeId(), attachment.instanceId());
    return DetachVolumeResponse.builder()
        .volumeId(begun.volumeId())
        .instanceId(begun.instanceId())
        .device(begun.device())
        .state(begun.state())
        .attachTime(begun.attachTime())
        .deleteOnTermination(begun.deleteOnTermination())
        .build();
  }

  private void checkDetachable(Volume volume, VolumeAttachment attachment) {
    if (attachment.state() != VolumeAttachmentState.ATTACHED) {
      throw Ec2Refusal.of(
          "IncorrectState",
          "Volume '%s' is in the '%s' state.".formatted(volume.volumeId(), attachment.state()));
    }
    Instance instance = inventory.instance(attachment.instanceId());
    boolean root =
        inventory.boot(instance.instanceId()).filter(volume.volumeId()::equals).isPresent();
    if (root && Inventory.state(instance) != InstanceStateName.STOPPED) {
      throw Ec2Refusal.of(
          "IncorrectState",
          "Unable to detach root volume '%s' from instance '%s'"
              .formatted(volume.volumeId(), instance.instanceId()));
    }
  }
}
