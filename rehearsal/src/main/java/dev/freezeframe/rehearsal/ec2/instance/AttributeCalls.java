package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.inventory.Links;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMappingSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;

/** Answers DescribeInstanceAttribute and ModifyInstanceAttribute. */
public final class AttributeCalls {
  private final Inventory inventory;

  public AttributeCalls(Inventory inventory) {
    this.inventory = inventory;
  }

  public DescribeInstanceAttributeResponse describe(DescribeInstanceAttributeRequest request) {
    if (request.instanceId() == null || request.attribute() == null) {
      throw Ec2Refusal.of(
          "MissingParameter", "The request must contain the parameters InstanceId and Attribute");
    }
    InstanceAttributes known = inventory.attributes(request.instanceId());
    DescribeInstanceAttributeResponse.Builder answer =
        DescribeInstanceAttributeResponse.builder().instanceId(request.instanceId());
    if (request.attribute() == InstanceAttributeName.DISABLE_API_STOP) {
      return answer.disableApiStop(value -> value.value(known.disableApiStop())).build();
    }
    if (request.attribute() == InstanceAttributeName.DISABLE_API_TERMINATION) {
      return answer
          .disableApiTermination(value -> value.value(known.disableApiTermination()))
          .build();
    }
    if (request.attribute() == InstanceAttributeName.INSTANCE_INITIATED_SHUTDOWN_BEHAVIOR) {
      return answer
          .instanceInitiatedShutdownBehavior(value -> value.value(known.shutdownBehavior()))
          .build();
    }
    throw Ec2Refusal.of(
        "InvalidParameterValue",
        "The attribute '%s' is not simulated".formatted(request.attributeAsString()));
  }

  /** "You can specify only one attribute at a time" (EC2 API, ModifyInstanceAttribute). */
  public ModifyInstanceAttributeResponse modify(ModifyInstanceAttributeRequest request) {
    String id = request.instanceId();
    Instance instance = inventory.asked(id);
    if (Inventory.state(instance) == InstanceStateName.TERMINATED) {
      throw Ec2Refusal.of(
          "IncorrectInstanceState", "The instance '%s' is 'terminated'".formatted(id));
    }
    long asked =
        Stream.of(
                request.disableApiStop(),
                request.disableApiTermination(),
                request.instanceInitiatedShutdownBehavior(),
                request.blockDeviceMappings().isEmpty() ? null : request.blockDeviceMappings())
            .filter(Objects::nonNull)
            .count();
    if (asked != 1) {
      throw Ec2Refusal.of(
          "InvalidParameterCombination",
          "The request has %d attributes, expected one".formatted(asked));
    }
    change(instance, request);
    return ModifyInstanceAttributeResponse.builder().build();
  }

  private void change(Instance instance, ModifyInstanceAttributeRequest request) {
    String id = instance.instanceId();
    InstanceAttributes known = inventory.attributes(id);
    if (request.disableApiStop() != null) {
      inventory.attributes(
          id, known.withDisableApiStop(Boolean.TRUE.equals(request.disableApiStop().value())));
    } else if (request.disableApiTermination() != null) {
      inventory.attributes(
          id,
          known.withDisableApiTermination(
              Boolean.TRUE.equals(request.disableApiTermination().value())));
    } else if (request.instanceInitiatedShutdownBehavior() != null) {
      String behavior = request.instanceInitiatedShutdownBehavior().value();
      if (!List.of("stop", "terminate").contains(behavior)) {
        throw Ec2Refusal.invalid(
            behavior, "instanceInitiatedShutdownBehavior", "Expecting stop or terminate");
      }
      inventory.attributes(id, known.withShutdownBehavior(behavior));
    } else {
      request.blockDeviceMappings().forEach(mapping -> checkDevice(instance, mapping));
      request.blockDeviceMappings().forEach(mapping -> change(instance, mapping));
    }
  }

  private static void checkDevice(
      Instance instance, InstanceBlockDeviceMappingSpecification asked) {
    volume(instance, asked);
    if (asked.ebs() == null) {
      throw Ec2Refusal.missing("BlockDeviceMapping.Ebs");
    }
  }

  private static String volume(Instance instance, InstanceBlockDeviceMappingSpecification asked) {
    return instance.blockDeviceMappings().stream()
        .filter(mapping -> mapping.ebs() != null)
        .filter(mapping -> Objects.equals(mapping.deviceName(), asked.deviceName()))
        .map(mapping -> mapping.ebs().volumeId())
        .filter(
            id ->
                asked.ebs() == null
                    || asked.ebs().volumeId() == null
                    || asked.ebs().volumeId().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                Ec2Refusal.of(
                    "InvalidInstanceAttributeValue",
                    "No device is currently mapped at %s".formatted(asked.deviceName())));
  }

  /** Without a value it is true, as the API reference has it. */
  private void change(Instance instance, InstanceBlockDeviceMappingSpecification asked) {
    String volume = volume(instance, asked);
    boolean goes = !Boolean.FALSE.equals(asked.ebs().deleteOnTermination());
    inventory.changeInstance(
        instance.instanceId(),
        found -> Links.changed(found, volume, ebs -> ebs.copy(to -> to.deleteOnTermination(goes))));
    inventory.change(
        volume,
        found ->
            Links.changed(
                found,
                instance.instanceId(),
                attachment -> attachment.copy(to -> to.deleteOnTermination(goes))));
  }
}
