package dev.freezeframe.rehearsal.ec2;

import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.cloud.SimulatedApi;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.instance.InstanceCalls;
import dev.freezeframe.rehearsal.ec2.instance.InstanceStates;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import dev.freezeframe.rehearsal.ec2.snapshot.Protections;
import dev.freezeframe.rehearsal.ec2.snapshot.SetFault;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotCompletion;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotEvents;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotSets;
import dev.freezeframe.rehearsal.ec2.snapshot.SnapshotStore;
import dev.freezeframe.rehearsal.fleet.Fleet;
import dev.freezeframe.rehearsal.instance.InstanceFault;
import dev.freezeframe.rehearsal.time.VirtualTime;

/** The parts of EC2, which every caller shares. */
final class Ec2Service {
  final VirtualTime time;
  final Seed seed;
  final SimulatedApi api;
  final Inventory inventory;
  final SnapshotStore snapshots;
  final SnapshotSets sets;
  final Tagging tagging;
  final Descriptions descriptions;
  final Protections protections;
  final InstanceStates states;
  final InstanceCalls instances;

  Ec2Service(
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
}
