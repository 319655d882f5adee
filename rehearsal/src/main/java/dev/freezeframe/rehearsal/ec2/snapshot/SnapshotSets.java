package dev.freezeframe.rehearsal.ec2.snapshot;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.ec2.api.Ec2Settings;
import dev.freezeframe.rehearsal.ec2.inventory.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * Makes snapshot sets: one point in time, all of its snapshots or none.
 *
 * <p>{@code startTime} is stamped on receipt of the call. When the data is taken AWS documents for
 * a call that was answered alone: by the answer ("the point-in-time snapshot is created
 * immediately", and I/O may go on once the command has returned). Here it is taken at that very
 * moment; where the caller never has an answer, up to a minute later.
 */
public final class SnapshotSets {
  private static final Duration UNANSWERED = Duration.ofSeconds(59);

  private final InstantSource time;
  private final Seed seed;
  private final Ec2Settings settings;
  private final SetFault faults;
  private final Inventory inventory;
  private final SnapshotStore store;
  private final SnapshotCompletion settlement;
  private int made;

  public SnapshotSets(
      InstantSource time,
      Seed seed,
      Ec2Settings settings,
      SetFault faults,
      Inventory inventory,
      SnapshotStore store,
      SnapshotCompletion settlement) {
    this.time = time;
    this.seed = seed;
    this.settings = settings;
    this.faults = faults;
    this.inventory = inventory;
    this.store = store;
    this.settlement = settlement;
  }

  public CreateSnapshotsResponse create(CreateSnapshotsRequest request) {
    SetOrder order = SetOrder.of(request, inventory);
    store.checkLimits(order.volumes());
    made++;
    String instance = order.instance().instanceId();
    List<StoredSnapshot> set = new ArrayList<>();
    order
        .tagsByVolume()
        .forEach(
            (volume, tags) -> set.add(snapshot(instance, volume, request.description(), tags)));
    set.forEach(store::add);
    Instant unanswered =
        time.instant()
            .plus(seed.between("unanswered/" + instance + "/" + made, Duration.ZERO, UNANSWERED));
    set.forEach(snapshot -> store.taken(snapshot.id(), unanswered));
    SnapshotBehavior fate = faults.fate(instance);
    fate.damage().ifPresent(what -> store.damage(set.get(set.size() - 1).id(), what));
    settlement.order(set, fate);
    return CreateSnapshotsResponse.builder()
        .snapshots(set.stream().map(StoredSnapshot::info).toList())
        .build();
  }

  /** The caller has its answer, now at the latest the data is taken. */
  public void answered(CreateSnapshotsResponse answer) {
    answer.snapshots().forEach(info -> store.taken(info.snapshotId(), time.instant()));
  }

  /** Snapshots of volumes that belong to nobody we know, as many as the quota leaves room for. */
  public int byOthers(int count, Duration pendingFor) {
    int taken = 0;
    while (taken < count && store.roomForOne()) {
      made++;
      String volume = "vol-0" + seed.hex("volume of others/" + made, 16);
      StoredSnapshot snapshot =
          snapshot(
              "",
              Volume.builder().volumeId(volume).size(1).volumeType(VolumeType.GP3).build(),
              "taken by another tool",
              new TreeMap<>());
      store.add(snapshot);
      settlement.order(snapshot, pendingFor);
      taken++;
    }
    return taken;
  }

  private StoredSnapshot snapshot(
      String instance, Volume volume, String description, SortedMap<String, String> tags) {
    String id = "snap-0" + seed.hex("snapshot of " + volume.volumeId() + "/" + made, 16);
    return new StoredSnapshot(
        id,
        instance,
        volume,
        settings.account(),
        description,
        time.instant(),
        bytes(id, volume),
        tags);
  }

  /** Between a tenth and all of a volume is written to, which is an assumption. */
  private long bytes(String id, Volume volume) {
    int size = volume.size() == null ? 8 : volume.size();
    return (long) (seed.random("data of " + id).nextDouble(0.1, 1) * (1L << 30) * size);
  }
}
