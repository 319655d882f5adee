package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.SdkRetries;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.instance.FleetNetwork;
import dev.freezeframe.rehearsal.ec2.instance.LaunchOrders;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotOrigin;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotView;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.Downtime;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.instance.InstancePermission;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.StorageTier;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Volume;

/**
 * EC2 in virtual time: the service, and a client that tries nothing twice.
 *
 * <p>Calls must come from an activity. What is not a call (views, {@link #terminate}) may come from
 * anywhere.
 */
public final class EmbeddedEc2 extends Ec2Calls {
  private final Ec2Service service;

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
    this(time, seed, api, settings, fleet, faults, instanceFaults, new EmbeddedKms(), events);
  }

  /** EC2 beside a service of keys, to which it adds those of the fleet. */
  public EmbeddedEc2(
      VirtualTime time,
      Seed seed,
      SimulatedApi api,
      Ec2Settings settings,
      Fleet fleet,
      SetFault faults,
      InstanceFault instanceFaults,
      EmbeddedKms kms,
      EventSink events) {
    this(new Ec2Service(time, seed, api, settings, fleet, faults, instanceFaults, kms, events));
  }

  private EmbeddedEc2(Ec2Service service) {
    super(service, InstancePermission.ANY);
    this.service = service;
  }

  /** A client that tries throttled and failed calls again, as the SDK's standard mode does. */
  public Ec2Client client(int maxAttempts) {
    return client(maxAttempts, InstancePermission.ANY);
  }

  /** The same, of a caller that may not do everything to instances and volumes. */
  public Ec2Client client(int maxAttempts, InstancePermission permission) {
    return new RetryingEc2(
        new Ec2Calls(service, permission),
        new SdkRetries(service.time, service.seed, "Ec2Client", maxAttempts));
  }

  /** Every snapshot that exists, even if no call shows it yet, by id. */
  public List<SnapshotView> snapshots() {
    return service.snapshots.views();
  }

  /**
   * When the data of a snapshot was truly taken, which no call tells; of a deleted one too.
   *
   * @return empty: it was not taken in a set
   */
  public Optional<Instant> takenAt(String snapshotId) {
    return service.snapshots.takenAt(snapshotId);
  }

  /**
   * Another tool snapshots volumes of its own, which are pending for a while.
   *
   * @return how many it got: EC2's quota holds for it as for everybody
   */
  public int snapshotByOthers(int count, Duration pendingFor) {
    return service.sets.byOthers(count, pendingFor);
  }

  /** Whether an instance is there and running. */
  public boolean running(String instanceId) {
    return service.inventory.running(instanceId);
  }

  /** Whether an instance is there and not terminated. */
  public boolean exists(String instanceId) {
    return service.inventory.exists(instanceId);
  }

  /** Tells when an instance is stopped or terminated. */
  public void whenGone(Consumer<String> listener) {
    service.states.whenGone(listener);
  }

  /** Tells when an instance runs again that was stopped. */
  public void whenRunning(Consumer<String> listener) {
    service.states.whenRunning(listener);
  }

  /** Every time that an instance did not run, in order; the last may not have ended. */
  public List<Downtime> downtimes(String instanceId) {
    return service.states.downtimes(instanceId);
  }

  /** The instances that did not run at some time, with all such times. */
  public SortedMap<String, List<Downtime>> downtimes() {
    return service.states.downtimes();
  }

  /** The instances that a function stopped and that have not run since, though they are there. */
  public List<String> leftStopped() {
    return service.states.downtimes().entrySet().stream()
        .filter(entry -> service.inventory.exists(entry.getKey()))
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
    return service.states.downtimes(instanceId).stream()
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
    return service.inventory.has(instanceId)
        ? Optional.of(Inventory.state(service.inventory.instance(instanceId)))
        : Optional.empty();
  }

  /**
   * Someone starts an instance.
   *
   * @return false: EC2 refuses it, since it is not stopped or for want of capacity
   */
  public boolean start(String instanceId) {
    if (Inventory.state(service.inventory.instance(instanceId)) != InstanceStateName.STOPPED
        || !service.inventory.hasRoot(instanceId)) {
      return false;
    }
    InstanceFault.Start outcome = service.states.comesOfStart(instanceId);
    if (outcome == InstanceFault.Start.REFUSED) {
      return false;
    }
    service.states.start(instanceId, outcome, Optional.empty());
    return true;
  }

  /** Someone stops an instance that runs; nothing if it does not. */
  public void stop(String instanceId) {
    service.states.stop(instanceId, false, Optional.empty());
  }

  /** Someone terminates an instance; it is described for an hour more. */
  public void terminate(String instanceId) {
    service.states.terminate(instanceId);
  }

  /** Someone detaches a volume; nothing if it is gone or attached to nothing. */
  public void detach(String volumeId) {
    service.inventory.detach(volumeId);
  }

  /** Someone attaches a volume; nothing if it, or the instance, is gone, or no device is free. */
  public void attach(String volumeId, String instanceId) {
    service.inventory.attach(volumeId, instanceId);
  }

  /** The ids of the volumes that an instance has, in the order of its devices. */
  public List<String> volumesOf(String instanceId) {
    return service.inventory.exists(instanceId)
        ? service.inventory.attached(service.inventory.instance(instanceId)).stream()
            .map(volume -> volume.volumeId())
            .toList()
        : List.of();
  }

  /** The volumes that say that they are attached to an instance, as they truly are. */
  public List<Volume> volumesAttachedTo(String instanceId) {
    return service.inventory.attachedTo(List.of(instanceId));
  }

  /** The volume that an instance boots from; empty: none, or the instance is gone. */
  public Optional<String> bootVolumeOf(String instanceId) {
    return service.inventory.exists(instanceId)
        ? service.inventory.boot(instanceId)
        : Optional.empty();
  }

  /** The tags of an instance as they are now; none if it is gone. */
  public SortedMap<String, String> tagsOf(String instanceId) {
    return service.inventory.exists(instanceId)
        ? service.inventory.tags(instanceId)
        : new TreeMap<>();
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
    if (service.inventory.has(id)) {
      tags = service.inventory.tags(id);
      change.accept(tags);
      service.inventory.tag(id, tags);
    } else if (service.snapshots.has(id)) {
      tags = new TreeMap<>(service.snapshots.existing(id).tags());
      change.accept(tags);
      service.snapshots.existing(id).tags(tags);
    }
  }

  /** Whether something forbids that a snapshot is deleted: a lock, or an image that uses it. */
  public boolean isProtected(String snapshotId) {
    return service.snapshots.has(snapshotId)
        && (service.snapshots.existing(snapshotId).locked()
            || service.imageStore.userOf(snapshotId).isPresent());
  }

  /** Someone deletes a snapshot by hand, whatever protects it. */
  public void deleteByHand(String snapshotId) {
    service.snapshots.deleteByHand(snapshotId);
  }

  /** Someone locks a snapshot. */
  public void lock(String snapshotId) {
    service.snapshots.existing(snapshotId).lock();
  }

  /** Someone shares a snapshot with another account. */
  public void share(String snapshotId, String account) {
    service.snapshots.existing(snapshotId).share(account);
  }

  /** Someone registers an image on a snapshot. */
  public void useForImage(String snapshotId, String imageId) {
    service.imageStore.useByHand(service.snapshots.existing(snapshotId).id(), imageId);
  }

  /** Someone disables an image: it uses its snapshots all the same. */
  public void disableImage(String imageId) {
    service.imageStore.disable(imageId);
  }

  /** The keys that volumes are encrypted with. */
  public EmbeddedKms kms() {
    return service.kms;
  }

  /** The keys of the volumes that an instance has, and of the snapshots that were taken of it. */
  public SortedSet<String> keysOf(String instanceId) {
    SortedSet<String> keys = new TreeSet<>(service.snapshots.keysOf(instanceId));
    service.inventory.attachedTo(List.of(instanceId)).stream()
        .filter(volume -> Boolean.TRUE.equals(volume.encrypted()))
        .forEach(volume -> keys.add(volume.kmsKeyId()));
    return keys;
  }

  /** The instances that are there and not terminated, and the volumes, that carry a tag. */
  public List<String> tagged(String key) {
    return List.copyOf(taggedAs(key).keySet());
  }

  /** The same, with the value of the tag of each. */
  public SortedMap<String, String> taggedAs(String key) {
    SortedMap<String, String> values = new TreeMap<>();
    instances().stream()
        .filter(instance -> exists(instance.instanceId()))
        .forEach(
            instance ->
                value(instance.tags(), key)
                    .ifPresent(value -> values.put(instance.instanceId(), value)));
    volumes()
        .forEach(
            volume ->
                value(volume.tags(), key).ifPresent(value -> values.put(volume.volumeId(), value)));
    return values;
  }

  private static Optional<String> value(List<Tag> tags, String key) {
    return tags.stream().filter(tag -> tag.key().equals(key)).map(Tag::value).findFirst();
  }

  /** Every volume as it truly is, by id. */
  public List<Volume> volumes() {
    return service.inventory.volumes();
  }

  /** An instance as it truly is; empty: it is described no more. */
  public Optional<Instance> instance(String instanceId) {
    return service.inventory.find(instanceId);
  }

  /** Every instance as it truly is, by id; those that were terminated within the hour too. */
  public List<Instance> instances() {
    return service.inventory.instances();
  }

  /** Someone moves a snapshot to the archive tier. */
  public void archive(String snapshotId) {
    service.snapshots.existing(snapshotId).lieIn(StorageTier.ARCHIVE);
  }

  /** Someone deregisters an image; nothing if it is gone. */
  public void deregisterByHand(String imageId) {
    service.imageStore.remove(imageId);
  }

  /** The network into which instances are launched, for a deployment to add to. */
  public FleetNetwork network() {
    return service.fleetNetwork;
  }

  /** The image that a public parameter of Systems Manager names; empty: it names no image. */
  public Optional<String> publicImage(String parameter) {
    return service.imageStore.published().idOf(parameter);
  }

  /**
   * Has an image that a policy names, by its id or as {@code resolve:ssm:NAME}, unless there is
   * one: nothing says what it is like, so it is assumed to be like Amazon Linux.
   *
   * @param instanceType whose architecture it has
   */
  public void assumeImage(String named, String instanceType) {
    service.imageStore.assume(named, LaunchOrders.architecture(instanceType));
  }

  /**
   * Whether the agent of an instance that was launched registers with Systems Manager once it has
   * booted.
   */
  public boolean registers(String instanceId) {
    return service.boots.bringsAgentUp(instanceId)
        && instance(instanceId).filter(service.fleetNetwork::lets).isPresent();
  }

  /** What the user data of a launched instance laid into the file of drills; empty: nothing. */
  public Optional<String> proofOfDrill(String instanceId) {
    return service.boots.proofOfDrill(instanceId);
  }

  /** Where a snapshot is of, and what befell its data; also of one that is deleted. */
  public Optional<SnapshotOrigin> originOf(String snapshotId) {
    return service.snapshots.originOf(snapshotId);
  }

  /** A zone offers a type of instance no more. */
  public void withdrawType(String instanceType, String zone) {
    service.zones.withdraw(instanceType, zone);
  }
}
