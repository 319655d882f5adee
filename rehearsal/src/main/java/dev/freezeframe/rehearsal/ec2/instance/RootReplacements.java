package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.Page;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.ClientTokens;
import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import dev.freezeframe.rehearsal.ec2.api.Matching;
import dev.freezeframe.rehearsal.ec2.api.Tags;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.inventory.Links;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.volume.KeyChecks;
import dev.freezeframe.rehearsal.ec2.volume.VolumeOrder;
import dev.freezeframe.rehearsal.ec2.volume.Volumes;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskRequest;
import software.amazon.awssdk.services.ec2.model.CreateReplaceRootVolumeTaskResponse;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksRequest;
import software.amazon.awssdk.services.ec2.model.DescribeReplaceRootVolumeTasksResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRootVolumeTask;
import software.amazon.awssdk.services.ec2.model.ReplaceRootVolumeTaskState;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachmentState;

/**
 * Answers CreateReplaceRootVolumeTask and DescribeReplaceRootVolumeTasks: EC2 user guide, "Replace
 * the root volume for an Amazon EC2 instance without stopping it". Durations are assumed.
 */
public final class RootReplacements {
  private static final String CREATE = "ec2:CreateReplaceRootVolumeTask";
  private static final Duration MIN = Duration.ofSeconds(5);
  private static final Duration MAX = Duration.ofSeconds(45);
  private static final int MAX_RESULTS = 50;
  private static final Matching<ReplaceRootVolumeTask> FILTERS =
      new Matching<>(
          ReplaceRootVolumeTask::tags, Map.of("instance-id", ReplaceRootVolumeTask::instanceId));

  private final VirtualTime time;
  private final Seed seed;
  private final Inventory inventory;
  private final RootOrders orders;
  private final Volumes volumes;
  private final KeyChecks keys;
  private final InstanceStates states;
  private final ClientTokens tokens;
  private final InstanceFault faults;
  private final SortedMap<String, ReplaceRootVolumeTask> tasks = new TreeMap<>();

  private RootReplacements(
      VirtualTime time,
      Seed seed,
      Inventory inventory,
      RootOrders orders,
      Volumes volumes,
      KeyChecks keys,
      InstanceStates states,
      ClientTokens tokens,
      InstanceFault faults) {
    this.time = time;
    this.seed = seed;
    this.inventory = inventory;
    this.orders = orders;
    this.volumes = volumes;
    this.keys = keys;
    this.states = states;
    this.tokens = tokens;
    this.faults = faults;
  }

  /** Those of the instances of an inventory. */
  public static RootReplacements of(
      VirtualTime time,
      Seed seed,
      Inventory inventory,
      SnapshotStore snapshots,
      Volumes volumes,
      KeyChecks keys,
      InstanceStates states,
      ClientTokens tokens,
      InstanceFault faults) {
    RootOrders orders = new RootOrders(inventory, snapshots);
    return new RootReplacements(
        time, seed, inventory, orders, volumes, keys, states, tokens, faults);
  }

  public CreateReplaceRootVolumeTaskResponse create(
      CreateReplaceRootVolumeTaskRequest request, Caller caller) {
    return tokens.once(
        request,
        request.clientToken(),
        () ->
            CreateReplaceRootVolumeTaskResponse.builder()
                .replaceRootVolumeTask(begin(request, caller))
                .build());
  }

  private ReplaceRootVolumeTask begin(CreateReplaceRootVolumeTaskRequest request, Caller caller) {
    String instance = request.instanceId();
    VolumeOrder order = orders.of(request);
    if (tasks.values().stream()
        .anyMatch(task -> task.instanceId().equals(instance) && task.completeTime() == null)) {
      throw Ec2Refusal.of(
          "IncorrectState",
          "The root volume of the instance '%s' is being replaced".formatted(instance));
    }
    volumes.check(List.of(order));
    String id = "replacevol-0" + seed.hex("root replacement/" + (tasks.size() + 1), 16);
    Volume volume = volumes.begun(order);
    ReplaceRootVolumeTask task =
        ReplaceRootVolumeTask.builder()
            .replaceRootVolumeTaskId(id)
            .instanceId(instance)
            .taskState(ReplaceRootVolumeTaskState.PENDING)
            .startTime(time.instant().toString())
            .snapshotId(volume.snapshotId())
            .deleteReplacedRootVolume(Boolean.TRUE.equals(request.deleteReplacedRootVolume()))
            .tags(Tags.list(tags(request)))
            .build();
    tasks.put(id, task);
    inventory.make(volume);
    boolean keyIsDisabled =
        order.key().isPresent() && faults.findsKeyDisabled(CREATE, caller.instanceId());
    after("creation", id, () -> created(id, volume, order, keyIsDisabled));
    return task;
  }

  private static SortedMap<String, String> tags(CreateReplaceRootVolumeTaskRequest request) {
    request.tagSpecifications().stream()
        .filter(
            specification -> specification.resourceType() != ResourceType.REPLACE_ROOT_VOLUME_TASK)
        .findFirst()
        .ifPresent(
            other -> {
              throw Ec2Refusal.notTaggable(other.resourceTypeAsString());
            });
    return Tags.given(
        request.tagSpecifications().stream()
            .flatMap(specification -> specification.tags().stream())
            .toList());
  }

  private void created(String id, Volume volume, VolumeOrder order, boolean keyIsDisabled) {
    if (keyIsDisabled || keys.trouble(volume).isPresent()) {
      inventory.removeVolume(volume.volumeId());
      become(id, ReplaceRootVolumeTaskState.FAILING);
      after("failure", id, () -> failed(id));
      return;
    }
    become(id, ReplaceRootVolumeTaskState.IN_PROGRESS);
    after("replacement", id, () -> replaced(id, volume, order));
  }

  /** "The instance is rebooted and the original root volume remains attached". */
  private void failed(String id) {
    String instance = tasks.get(id).instanceId();
    if (inventory.running(instance)) {
      states.reboot(instance);
    }
    complete(id, ReplaceRootVolumeTaskState.FAILED);
  }

  private void replaced(String id, Volume volume, VolumeOrder order) {
    ReplaceRootVolumeTask task = tasks.get(id);
    String instance = task.instanceId();
    if (!inventory.running(instance) || inventory.boot(instance).isEmpty()) {
      inventory.removeVolume(volume.volumeId());
      complete(id, ReplaceRootVolumeTaskState.FAILED);
      return;
    }
    String old = inventory.boot(instance).orElseThrow();
    Links.Link link =
        new Links.Link(
            volume.volumeId(),
            instance,
            inventory.instance(instance).rootDeviceName(),
            VolumeAttachmentState.ATTACHED,
            orders.goesWithInstance(instance, old),
            time.instant());
    inventory.change(old, found -> Links.without(found, instance));
    inventory.change(volume.volumeId(), found -> Links.with(found, link));
    inventory.changeInstance(instance, found -> Links.replaced(found, old, link));
    orders.replaced(instance, old);
    volumes.launched(volume, order);
    if (Boolean.TRUE.equals(task.deleteReplacedRootVolume())) {
      volumes.goes(old);
    }
    states.reboot(instance);
    complete(id, ReplaceRootVolumeTaskState.SUCCEEDED);
  }

  private void after(String what, String id, Runnable then) {
    time.after(seed.between(what + " of " + id, MIN, MAX), then);
  }

  private void become(String id, ReplaceRootVolumeTaskState state) {
    change(id, task -> task.copy(builder -> builder.taskState(state)));
  }

  private void complete(String id, ReplaceRootVolumeTaskState state) {
    change(
        id,
        task ->
            task.copy(builder -> builder.taskState(state).completeTime(time.instant().toString())));
  }

  private void change(String id, UnaryOperator<ReplaceRootVolumeTask> change) {
    tasks.computeIfPresent(id, (same, task) -> change.apply(task));
  }

  public DescribeReplaceRootVolumeTasksResponse describe(
      DescribeReplaceRootVolumeTasksRequest request) {
    Integer most = request.maxResults();
    if (most != null && (most < 1 || most > MAX_RESULTS)) {
      throw Ec2Refusal.invalid(most, "maxResults", "Expecting 1 to " + MAX_RESULTS);
    }
    Page<ReplaceRootVolumeTask> page =
        Page.of(
            tasks.values().stream()
                .filter(
                    task ->
                        request.replaceRootVolumeTaskIds().isEmpty()
                            || request
                                .replaceRootVolumeTaskIds()
                                .contains(task.replaceRootVolumeTaskId()))
                .filter(FILTERS.of(request.filters()))
                .toList(),
            ReplaceRootVolumeTask::replaceRootVolumeTaskId,
            most == null ? (Integer) MAX_RESULTS : most,
            request.nextToken(),
            Ec2Refusal::badToken);
    return DescribeReplaceRootVolumeTasksResponse.builder()
        .replaceRootVolumeTasks(page.items())
        .nextToken(page.next())
        .build();
  }
}
