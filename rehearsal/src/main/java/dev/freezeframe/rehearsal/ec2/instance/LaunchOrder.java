package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.volume.VolumeOrder;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * An instance that RunInstances asks for, once the call is found to be in order.
 *
 * @param instance as it will be described, without its id, its volumes and its state
 */
record LaunchOrder(
    Instance instance, InstanceAttributes attributes, List<Device> devices, UserData userData) {

  /** A volume that is made with it. */
  record Device(String name, VolumeOrder volume, boolean deleteOnTermination) {}

  List<VolumeOrder> volumes() {
    return devices.stream().map(Device::volume).toList();
  }
}
