package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.Caller;
import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Operation;
import dev.freezeframe.rehearsal.cloud.RequestRates;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLockedSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;

/**
 * EC2 in virtual time: the service, and a client that tries nothing twice.
 *
 * <p>Calls must come from an activity. What is not a call (views, {@link #terminate}) may come from
 * anywhere.
 */
public final class EmbeddedEc2 implements Ec2Client {
  private static final Duration READ = Duration.ofMillis(80);
  private static final Duration CHANGE = Duration.ofMillis(160);
  private static final Duration CREATE = Duration.ofMillis(900);

  private final VirtualTime time;
  private final Seed seed;
  private final SimulatedApi api;
  private final Inventory inventory;
  private final SnapshotStore snapshots;
  private final SnapshotSets sets;
  private final Tagging tagging;
  private final Descriptions descriptions;
  private final Protections protections;
  private final InstanceStates states;
  private final InstanceCalls instances;

  /** EC2 where every stop and start of an instance goes well. */
  public EmbeddedEc2(
      VirtualTime time,
      Seed seed,
      SimulatedApi api,
      Ec2Settings settings,
      Fleet fleet,
      SetFault faults,
      EventSink events) {
    this(time, seed, api, settings, fleet, faults, InstanceFault.NONE, events);
  }

  public EmbeddedEc2(
      VirtualTime time,
      Seed seed,
      SimulatedApi api,
      Ec2Settings settings,
      Fleet fleet,
      SetFault faults,
      InstanceFault instanceFaults,
      EventSink events) {
    this.time = time;
    this.seed = seed;
    this.api = api;
    this.inventory = new Inventory(time, fleet);
    this.states = new InstanceStates(time, seed, settings, inventory, instanceFaults, events);
    this.instances = new InstanceCalls(time, inventory, states);
    this.snapshots = new SnapshotStore(time, settings);
    SnapshotCompletion settlement =
        new SnapshotCompletion(time, seed, snapshots, new SnapshotEvents(settings, seed), events);
    this.sets = new SnapshotSets(time, seed, settings, faults, inventory, snapshots, settlement);
    this.tagging = new Tagging(inventory, snapshots);
    this.descriptions = new Descriptions(inventory, snapshots);
    this.protections = new Protections(snapshots);
  }

  /** A client that tries throttled and failed calls again, as the SDK's standard mode does. */
  public Ec2Client client(int maxAttempts) {
    return client(maxAttempts, InstancePermission.ANY);
  }

  /** The same, of a caller that may not stop and start everything. */
  public Ec2Client client(int maxAttempts, InstancePermission permission) {
    return new RetryingEc2(this, new SdkRetries(time, seed, "Ec2Client", maxAttempts), permission);
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    boolean bounded =
        !request.filters().isEmpty()
            || !request.instanceIds().isEmpty()
            || request.maxResults() != null;
    return read("DescribeInstances", bounded, request, () -> descriptions.instances(request));
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    boolean bounded =
        !request.filters().isEmpty()
            || !request.volumeIds().isEmpty()
            || request.maxResults() != null;
    return read("DescribeVolumes", bounded, request, () -> descriptions.volumes(request));
  }

  @Override
  public DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    boolean bounded =
        !request.filters().isEmpty()
            || !request.snapshotIds().isEmpty()
            || request.maxResults() != null;
    return read("DescribeSnapshots", bounded, request, () -> descriptions.snapshots(request));
  }

  @Override
  public DescribeLockedSnapshotsResponse describeLockedSnapshots(
      DescribeLockedSnapshotsRequest request) {
    return read("DescribeLockedSnapshots", true, request, () -> protections.locked(request));
  }

  @Override
  public DescribeImagesResponse describeImages(DescribeImagesRequest request) {
    return read("DescribeImages", true, request, () -> protections.images(request));
  }

  @Override
  public DescribeSnapshotAttributeResponse describeSnapshotAttribute(
      DescribeSnapshotAttributeRequest request) {
    return read("DescribeSnapshotAttribute", true, request, () -> protections.sharing(request));
  }

  @Override
  public CreateSnapshotsResponse createSnapshots(CreateSnapshotsRequest request) {
    String instance =
        request.instanceSpecification() == null
            ? ""
            : String.valueOf(request.instanceSpecification().instanceId());
    CreateSnapshotsResponse answer =
        call(
            Operation.change("ec2:CreateSnapshots", CREATE),
            instance,
            request,
            () -> {
              refuseDryRun(request.dryRun());
              return sets.create(request);
            });
    sets.answered(answer);
    return answer;
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return call(
        Operation.change("ec2:CreateTags", CHANGE),
        String.join(" ", request.resources()),
        request,
        () -> {
          refuseDryRun(request.dryRun());
          tagging.create(request.resources(), request.tags());
          return CreateTagsResponse.builder().build();
        });
  }

  @Override
  public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    return call(
        Operation.change("ec2:DeleteTags", CHANGE),
        String.join(" ", request.resources()),
        request,
        () -> {
          refuseDryRun(request.dryRun());
          tagging.delete(request.resources(), request.tags());
          return DeleteTagsResponse.builder().build();
        });
  }

  @Override
  public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    return call(
        Operation.change("ec2:DeleteSnapshot", CHANGE),
        request.snapshotId(),
        request,
        () -> {
          refuseDryRun(request.dryRun());
          snapshots.delete(request.snapshotId());
          return DeleteSnapshotResponse.builder().build();
        });
  }

  @Override
  public DescribeInstanceAttributeResponse describeInstanceAttribute(
      DescribeInstanceAttributeRequest request) {
    return read("DescribeInstanceAttribute", true, request, () -> instances.attribute(request));
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return read("DescribeInstanceTypes", true, request, () -> InstanceTypes.describe(request));
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return stopInstances(request, InstancePermission.ANY);
  }

  StopInstancesResponse stopInstances(StopInstancesRequest request, InstancePermission permission) {
    return call(
        Operation.change(InstanceCalls.STOP, CHANGE),
        String.join(" ", request.instanceIds()),
        request,
        () -> instances.stop(request, permission, caller()));
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return startInstances(request, InstancePermission.ANY);
  }

  StartInstancesResponse startInstances(
      StartInstancesRequest request, InstancePermission permission) {
    return call(
        Operation.change(InstanceCalls.START, CHANGE),
        String.join(" ", request.instanceIds()),
        request,
        () -> instances.start(request, permission, caller()));
  }

  private Caller caller() {
    Object context = time.running().context();
    return context == null ? Caller.UNNAMED : (Caller) context;
  }

  /** As documented: what would be carried out is refused too. Everybody may do everything here. */
  private static void refuseDryRun(Boolean dryRun) {
    if (Boolean.TRUE.equals(dryRun)) {
      throw Ec2Refusal.dryRun();
    }
  }

  private <T> T read(String name, boolean bounded, Ec2Request request, Supplier<T> effect) {
    Operation operation = Operation.read("ec2:" + name, READ);
    return call(
        bounded ? operation : operation.against(operation.action() + RequestRates.UNFILTERED),
        "",
        request,
        effect);
  }

  private <T> T call(Operation operation, String detail, Ec2Request request, Supplier<T> effect) {
    return api.call(
        operation,
        detail,
        Ec2Refusal::throttled,
        () -> {
          Ec2Parameters.check(request);
          return effect.get();
        });
  }

  /** Every snapshot that exists, even if no call shows it yet, by id. */
  public List<SnapshotView> snapshots() {
    return snapshots.views();
  }

  /**
   * When the data of a snapshot was truly taken, which no call tells; of a deleted one too.
   *
   * @return empty: it was not taken in a set
   */
  public Optional<Instant> takenAt(String snapshotId) {
    return snapshots.takenAt(snapshotId);
  }

  /**
   * Another tool snapshots volumes of its own, which are pending for a while.
   *
   * @return how many it got: EC2's quota holds for it as for everybody
   */
  public int snapshotByOthers(int count, Duration pendingFor) {
    return sets.byOthers(count, pendingFor);
  }

  /** Whether an instance is there and running. */
  public boolean running(String instanceId) {
    return inventory.running(instanceId);
  }

  /** Whether an instance is there and not terminated. */
  public boolean exists(String instanceId) {
    return inventory.exists(instanceId);
  }

  /** Tells when an instance is stopped or terminated. */
  public void whenGone(Consumer<String> listener) {
    states.whenGone(listener);
  }

  /** Tells when an instance runs again that was stopped. */
  public void whenRunning(Consumer<String> listener) {
    states.whenRunning(listener);
  }

  /** Every time that an instance did not run, in order; the last may not have ended. */
  public List<Downtime> downtimes(String instanceId) {
    return states.downtimes(instanceId);
  }

  /** The instances that did not run at some time, with all such times. */
  public SortedMap<String, List<Downtime>> downtimes() {
    return states.downtimes();
  }

  /** The instances that a function stopped and that have not run since, though they are there. */
  public List<String> leftStopped() {
    return states.downtimes().entrySet().stream()
        .filter(entry -> inventory.exists(entry.getKey()))
        .filter(
            entry -> {
              Downtime last = entry.getValue().get(entry.getValue().size() - 1);
              return last.to().isEmpty() && last.stoppedBy().isPresent();
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Whether nothing could write to an instance's volumes at an instant because it was stopped. No
   * operating system writes before Describe calls show that it was started.
   */
  public boolean stoodStill(String instanceId, Instant at) {
    return states.downtimes(instanceId).stream()
        .anyMatch(
            down ->
                down.stopped().map(from -> !at.isBefore(from)).orElse(false)
                    && down.started()
                        .or(down::to)
                        .map(to -> at.isBefore(to.plus(Inventory.SHOWN_FOR)))
                        .orElse(true));
  }

  /** The state that an instance is truly in; empty: it is gone. */
  public Optional<InstanceStateName> state(String instanceId) {
    return inventory.has(instanceId)
        ? Optional.of(Inventory.state(inventory.instance(instanceId)))
        : Optional.empty();
  }

  /**
   * Someone starts an instance.
   *
   * @return false: EC2 refuses it, since it is not stopped or for want of capacity
   */
  public boolean start(String instanceId) {
    if (Inventory.state(inventory.instance(instanceId)) != InstanceStateName.STOPPED) {
      return false;
    }
    InstanceFault.Start outcome = states.comesOfStart(instanceId);
    if (outcome == InstanceFault.Start.REFUSED) {
      return false;
    }
    states.start(instanceId, outcome, Optional.empty());
    return true;
  }

  /** Someone stops an instance that runs; nothing if it does not. */
  public void stop(String instanceId) {
    states.stop(instanceId, false, Optional.empty());
  }

  /** Someone terminates an instance; it is described for an hour more. */
  public void terminate(String instanceId) {
    states.terminate(instanceId);
  }

  /** Someone detaches a volume; nothing if it is gone or attached to nothing. */
  public void detach(String volumeId) {
    inventory.detach(volumeId);
  }

  /** Someone attaches a volume; nothing if it, or the instance, is gone. */
  public void attach(String volumeId, String instanceId, String device) {
    inventory.attach(volumeId, instanceId, device);
  }

  /** The ids of the volumes that an instance has, in the order of its devices. */
  public List<String> volumesOf(String instanceId) {
    return inventory.exists(instanceId)
        ? inventory.attached(inventory.instance(instanceId)).stream()
            .map(volume -> volume.volumeId())
            .toList()
        : List.of();
  }

  /** The volume that an instance boots from; empty: none, or the instance is gone. */
  public Optional<String> bootVolumeOf(String instanceId) {
    return inventory.exists(instanceId) ? inventory.boot(instanceId) : Optional.empty();
  }

  /** The tags of an instance as they are now; none if it is gone. */
  public SortedMap<String, String> tagsOf(String instanceId) {
    return inventory.exists(instanceId) ? inventory.tags(instanceId) : new TreeMap<>();
  }

  /** Someone sets a tag of an instance or a snapshot by hand; nothing if it is gone. */
  public void tagByHand(String id, String key, String value) {
    changeTags(id, tags -> tags.put(key, value));
  }

  /** Someone takes a tag away by hand; nothing if none exists. */
  public void untagByHand(String id, String key) {
    changeTags(id, tags -> tags.remove(key));
  }

  private void changeTags(String id, Consumer<SortedMap<String, String>> change) {
    SortedMap<String, String> tags;
    if (inventory.has(id)) {
      tags = inventory.tags(id);
      change.accept(tags);
      inventory.tag(id, tags);
    } else if (snapshots.has(id)) {
      tags = new TreeMap<>(snapshots.existing(id).tags());
      change.accept(tags);
      snapshots.existing(id).tags(tags);
    }
  }

  /** Whether something forbids that a snapshot is deleted: a lock, or an image that uses it. */
  public boolean isProtected(String snapshotId) {
    return snapshots.has(snapshotId)
        && (snapshots.existing(snapshotId).locked()
            || snapshots.existing(snapshotId).image() != null);
  }

  /** Someone deletes a snapshot by hand, whatever protects it. */
  public void deleteByHand(String snapshotId) {
    snapshots.deleteByHand(snapshotId);
  }

  /** Someone locks a snapshot. */
  public void lock(String snapshotId) {
    snapshots.existing(snapshotId).lock();
  }

  /** Someone shares a snapshot with another account. */
  public void share(String snapshotId, String account) {
    snapshots.existing(snapshotId).share(account);
  }

  /** Someone registers an image on a snapshot. */
  public void useForImage(String snapshotId, String imageId) {
    snapshots.existing(snapshotId).useFor(imageId);
  }

  /** Someone disables an image: it uses its snapshots all the same. */
  public void disableImage(String imageId) {
    protections.disableImage(imageId);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
