package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.cloud.TokenBucket;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.volume.Volumes;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.DeviceType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * Answers StopInstances, StartInstances and TerminateInstances: all instances that a call names, or
 * none.
 */
public final class InstanceCalls {
  public static final String STOP = "ec2:StopInstances";
  public static final String START = "ec2:StartInstances";
  public static final String TERMINATE = "ec2:TerminateInstances";

  private final InstantSource time;
  private final Inventory inventory;
  private final InstanceStates states;
  private final Volumes volumes;
  private final TokenBucket stops = RequestRates.documented().apply(STOP + RequestRates.INSTANCES);
  private final TokenBucket starts =
      RequestRates.documented().apply(START + RequestRates.INSTANCES);
  private final TokenBucket terminations =
      RequestRates.documented().apply(TERMINATE + RequestRates.INSTANCES);

  public InstanceCalls(
      InstantSource time, Inventory inventory, InstanceStates states, Volumes volumes) {
    this.time = time;
    this.inventory = inventory;
    this.states = states;
    this.volumes = volumes;
  }

  public StopInstancesResponse stop(StopInstancesRequest request, Caller caller) {
    List<String> ids = request.instanceIds();
    if (Boolean.TRUE.equals(request.hibernate())) {
      throw Ec2Refusal.of(
          "UnsupportedHibernationConfiguration",
          "The instance '%s' cannot be hibernated: hibernation is not simulated"
              .formatted(ids.get(0)));
    }
    take(stops, ids);
    ids.forEach(this::checkStop);
    boolean force = Boolean.TRUE.equals(request.force());
    return StopInstancesResponse.builder()
        .stoppingInstances(changed(ids, id -> states.stop(id, force, Optional.of(caller))))
        .build();
  }

  /** In the words of EC2: docs/embedded-cloud.md has the sources. */
  private void checkStop(String id) {
    Instance instance = inventory.asked(id);
    switch (Inventory.state(instance)) {
      case PENDING ->
          throw Ec2Refusal.of(
              "IncorrectInstanceState",
              "Instance '%s' cannot be stopped as it has never reached the 'running' state."
                  .formatted(id));
      case SHUTTING_DOWN, TERMINATED ->
          throw Ec2Refusal.of(
              "IncorrectInstanceState",
              "This instance '%s' is not in a state from which it can be stopped.".formatted(id));
      default -> {
        // running, stopping and stopped: an instance that does not run is left as it is
      }
    }
    if (instance.rootDeviceType() != DeviceType.EBS) {
      throw Ec2Refusal.of(
          "UnsupportedOperation",
          "The instance '%s' does not have an 'ebs' root device type and cannot be stopped."
              .formatted(id));
    }
    checkSpot("stop", instance);
    if (inventory.attributes(id).disableApiStop()) {
      throw Ec2Refusal.of(
          "OperationNotPermitted",
          "The instance '%s' may not be stopped. Modify its 'disableApiStop' instance attribute and try again."
              .formatted(id));
    }
  }

  /** Which kind of request an instance is of, one-time or persistent, no description tells. */
  private static void checkSpot(String what, Instance instance) {
    if (instance.instanceLifecycle() == InstanceLifecycleType.SPOT) {
      throw Ec2Refusal.of(
          "UnsupportedOperation",
          "You can't %s the Spot Instance '%s' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests."
              .formatted(what, instance.instanceId()));
    }
  }

  public StartInstancesResponse start(StartInstancesRequest request, Caller caller) {
    List<String> ids = request.instanceIds();
    take(starts, ids);
    ids.forEach(this::checkStart);
    Map<String, InstanceFault.Start> stopped = new TreeMap<>();
    ids.stream()
        .filter(id -> Inventory.state(inventory.instance(id)) == InstanceStateName.STOPPED)
        .forEach(id -> stopped.computeIfAbsent(id, states::comesOfStart));
    if (stopped.containsValue(InstanceFault.Start.REFUSED)) {
      throw Ec2Refusal.lacksCapacity();
    }
    return StartInstancesResponse.builder()
        .startingInstances(
            changed(
                ids,
                id ->
                    Optional.ofNullable(stopped.remove(id))
                        .ifPresent(outcome -> states.start(id, outcome, Optional.of(caller)))))
        .build();
  }

  private void checkStart(String id) {
    Instance instance = inventory.asked(id);
    InstanceStateName state = Inventory.state(instance);
    if (state == InstanceStateName.STOPPING
        || state == InstanceStateName.SHUTTING_DOWN
        || state == InstanceStateName.TERMINATED) {
      throw Ec2Refusal.of(
          "IncorrectInstanceState",
          "The instance '%s' is not in a state from which it can be started.".formatted(id));
    }
    checkSpot("start", instance);
    if (state == InstanceStateName.STOPPED && !inventory.hasRoot(id)) {
      throw Ec2Refusal.of(
          "InvalidParameterValue",
          "Invalid value '%s' for instanceId. Instance does not have a volume attached at root (%s)"
              .formatted(id, instance.rootDeviceName()));
    }
  }

  public TerminateInstancesResponse terminate(TerminateInstancesRequest request) {
    List<String> ids = request.instanceIds();
    take(terminations, ids);
    ids.forEach(this::checkTermination);
    return TerminateInstancesResponse.builder()
        .terminatingInstances(changed(ids, id -> states.shutDown(id, volumes::wentWithInstance)))
        .build();
  }

  private void checkTermination(String id) {
    inventory.asked(id);
    if (inventory.attributes(id).disableApiTermination()) {
      throw Ec2Refusal.of(
          "OperationNotPermitted",
          "The instance '%s' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again."
              .formatted(id));
    }
  }

  private void take(TokenBucket tokens, List<String> ids) {
    if (!tokens.take(ids.size(), time.instant())) {
      throw Ec2Refusal.throttled();
    }
  }

  private List<InstanceStateChange> changed(List<String> ids, Consumer<String> change) {
    List<InstanceStateChange> changes = new ArrayList<>();
    for (String id : ids) {
      InstanceStateName before = Inventory.state(inventory.instance(id));
      change.accept(id);
      InstanceStateName after = Inventory.state(inventory.instance(id));
      changes.add(
          InstanceStateChange.builder()
              .instanceId(id)
              .previousState(Inventory.state(before))
              .currentState(Inventory.state(after))
              .build());
    }
    return changes;
  }
}
