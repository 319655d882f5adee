package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.ec2.api.ClientTokens;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.image.ImageCalls;
import dev.freezeframe.rehearsal.ec2.image.ImageOrders;
import dev.freezeframe.rehearsal.ec2.image.ImageStore;
import dev.freezeframe.rehearsal.ec2.instance.AttributeCalls;
import dev.freezeframe.rehearsal.ec2.instance.FirstBoots;
import dev.freezeframe.rehearsal.ec2.instance.FleetNetwork;
import dev.freezeframe.rehearsal.ec2.instance.InstanceCalls;
import dev.freezeframe.rehearsal.ec2.instance.InstanceStates;
import dev.freezeframe.rehearsal.ec2.instance.InstanceTypes;
import dev.freezeframe.rehearsal.ec2.instance.Launches;
import dev.freezeframe.rehearsal.ec2.instance.NetworkCalls;
import dev.freezeframe.rehearsal.ec2.instance.RootReplacements;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.inventory.Zones;
import dev.freezeframe.rehearsal.ec2.snapshot.Protections;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotCompletion;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotEvents;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotSets;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.ec2.volume.AttachmentCalls;
import dev.freezeframe.rehearsal.ec2.volume.Attachments;
import dev.freezeframe.rehearsal.ec2.volume.KeyChecks;
import dev.freezeframe.rehearsal.ec2.volume.VolumeCalls;
import dev.freezeframe.rehearsal.ec2.volume.VolumeOrders;
import dev.freezeframe.rehearsal.ec2.volume.VolumeStatuses;
import dev.freezeframe.rehearsal.ec2.volume.Volumes;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.kms.EmbeddedKms;
import dev.freezeframe.rehearsal.time.VirtualTime;

/** The parts of EC2, which every caller shares. */
final class Ec2Service {
  final VirtualTime time;
  final Seed seed;
  final SimulatedApi api;
  final EmbeddedKms kms;
  final Inventory inventory;
  final Zones zones;
  final ImageStore imageStore;
  final SnapshotStore snapshots;
  final SnapshotSets sets;
  final Tagging tagging;
  final Descriptions descriptions;
  final Protections protections;
  final InstanceStates states;
  final InstanceCalls instances;
  final AttributeCalls attributes;
  final InstanceTypes types;
  final FleetNetwork fleetNetwork;
  final NetworkCalls network;
  final FirstBoots boots;
  final Launches launches;
  final RootReplacements roots;
  final Volumes storage;
  final VolumeCalls volumes;
  final AttachmentCalls attachments;
  final VolumeStatuses statuses;
  final ImageCalls images;

  Ec2Service(
      VirtualTime time,
      Seed seed,
      SimulatedApi api,
      Ec2Settings settings,
      Fleet fleet,
      SetFault faults,
      InstanceFault instanceFaults,
      EmbeddedKms kms,
      EventSink events) {
    this.time = time;
    this.seed = seed;
    this.api = api;
    this.kms = kms;
    this.inventory = new Inventory(time, fleet, settings.visibleAfter());
    FleetKeys.addTo(kms, inventory.volumes());
    KeyChecks keys = new KeyChecks(kms);
    ClientTokens tokens = new ClientTokens();
    this.zones = new Zones(settings.region(), inventory.instances());
    this.imageStore = new ImageStore(time, inventory);
    this.snapshots = new SnapshotStore(time, settings, imageStore::userOf);
    SnapshotCompletion settlement =
        new SnapshotCompletion(time, seed, snapshots, new SnapshotEvents(settings, seed), events);
    this.sets = new SnapshotSets(time, seed, settings, faults, inventory, snapshots, settlement);
    this.states = new InstanceStates(time, seed, settings, inventory, keys, instanceFaults, events);
    this.storage = new Volumes(time, seed, settings, inventory, keys, events);
    Attachments moves = new Attachments(time, seed, inventory, storage, keys, instanceFaults);
    states.whenGone(moves::gone);
    states.whenRunning(moves::runs);
    VolumeOrders orders = new VolumeOrders(zones, snapshots, kms);
    this.volumes = new VolumeCalls(orders, storage, tokens, instanceFaults);
    this.attachments = new AttachmentCalls(inventory, moves);
    this.statuses = new VolumeStatuses(inventory, storage.initializations());
    this.images = new ImageCalls(time, seed, imageStore, new ImageOrders(snapshots));
    this.instances = new InstanceCalls(time, inventory, states, storage);
    this.attributes = new AttributeCalls(inventory);
    this.types = new InstanceTypes(zones, inventory.instances());
    this.fleetNetwork = new FleetNetwork(inventory.instances());
    this.network = new NetworkCalls(fleetNetwork);
    this.boots = new FirstBoots(time, seed, states, storage);
    this.launches =
        Launches.of(
            time,
            seed,
            inventory,
            fleetNetwork,
            zones,
            imageStore,
            snapshots,
            orders,
            storage,
            states,
            boots,
            tokens,
            instanceFaults);
    this.roots =
        RootReplacements.of(
            time, seed, inventory, snapshots, storage, keys, states, tokens, instanceFaults);
    this.tagging = new Tagging(inventory, snapshots, imageStore);
    this.descriptions = new Descriptions(inventory, snapshots);
    this.protections = new Protections(snapshots);
  }
}
