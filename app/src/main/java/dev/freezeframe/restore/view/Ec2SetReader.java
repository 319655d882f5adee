package dev.freezeframe.restore.view;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.restore.RestoreFacts;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.VolumeSettings;
import dev.freezeframe.restore.view.SetView.LiveSnapshot;
import dev.freezeframe.restore.view.SetView.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotRecycleBinInfo;
import software.amazon.awssdk.services.ec2.model.StorageTier;

/** Asks the ledger and EC2 about a set. */
record Ec2SetReader(Ec2Client ec2, Ledger ledger) {
  /** How many values a filter takes. */
  private static final int BATCH = 200;

  /**
   * A set. Its members are those of its facts and those that live in a group of its instance: a
   * snapshot that was deleted has left its group.
   */
  SetView read(RestoreRequest request, Optional<RestoreFacts> facts) {
    AttemptId set = request.set();
    Map<SnapshotId, Optional<VolumeId>> known = new TreeMap<>();
    OptionalInt size = OptionalInt.empty();
    if (facts.isPresent()) {
      for (VolumeSettings volume : facts.get().volumes()) {
        known.put(volume.snapshot(), Optional.of(volume.volume()));
      }
      size = OptionalInt.of(known.size());
    }
    for (IndexedSnapshot member : InstanceSets.members(ledger, request.instance())) {
      if (member.set().equals(set)) {
        known.putIfAbsent(member.snapshot(), Optional.empty());
        size = member.setSize().isPresent() ? member.setSize() : size;
      }
    }
    Map<SnapshotId, SnapshotHistory> lives = new HashMap<>();
    ledger.lives(known.keySet()).forEach(life -> lives.put(life.row().snapshot(), life));
    Map<SnapshotId, LiveSnapshot> live = find(known.keySet());
    Set<SnapshotId> binned =
        live.keySet().containsAll(known.keySet()) ? Set.of() : binned(known.keySet());
    List<Member> members = new ArrayList<>();
    known.forEach(
        (snapshot, volume) -> {
          Optional<SnapshotHistory> life = Optional.ofNullable(lives.get(snapshot));
          life.map(one -> one.row().volume())
              .or(() -> volume)
              .ifPresent(
                  of ->
                      members.add(
                          new Member(
                              snapshot,
                              of,
                              life,
                              Optional.ofNullable(live.get(snapshot)),
                              binned.contains(snapshot))));
        });
    return new SetView(set, members, size);
  }

  /** Asked by filters, not by ids: one unknown id would fail the whole call. */
  private Map<SnapshotId, LiveSnapshot> find(Collection<SnapshotId> snapshots) {
    List<String> ids = snapshots.stream().map(SnapshotId::value).toList();
    Map<SnapshotId, LiveSnapshot> found = new HashMap<>();
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<String> some = ids.subList(from, Math.min(from + BATCH, ids.size()));
      ec2.describeSnapshotsPaginator(
              request ->
                  request
                      .ownerIds("self")
                      .filters(Filter.builder().name("snapshot-id").values(some).build()))
          .snapshots()
          .forEach(snapshot -> found.put(new SnapshotId(snapshot.snapshotId()), live(snapshot)));
    }
    return found;
  }

  /**
   * A snapshot of the archive tier has a time at which it is archived again only while it is
   * restored from there (API reference, Snapshot: {@code restoreExpiryTime}).
   */
  private static LiveSnapshot live(Snapshot snapshot) {
    return new LiveSnapshot(
        new VolumeId(snapshot.volumeId()),
        snapshot.startTime(),
        String.valueOf(snapshot.stateAsString()),
        Optional.ofNullable(snapshot.stateMessage()).filter(words -> !words.isBlank()),
        snapshot.description() == null ? "" : snapshot.description(),
        snapshot.storageTier() == StorageTier.ARCHIVE && snapshot.restoreExpiryTime() == null,
        snapshot.volumeSize(),
        Optional.ofNullable(snapshot.kmsKeyId()),
        snapshot.fullSnapshotSizeInBytes() == null || snapshot.fullSnapshotSizeInBytes() <= 0
            ? OptionalLong.empty()
            : OptionalLong.of(snapshot.fullSnapshotSizeInBytes()));
  }

  /** Those that the Recycle Bin has; who may not ask learns only that EC2 does not show them. */
  private Set<SnapshotId> binned(Collection<SnapshotId> snapshots) {
    Set<SnapshotId> binned = new HashSet<>();
    try {
      ec2
          .listSnapshotsInRecycleBinPaginator(request -> request.maxResults(1000))
          .snapshots()
          .stream()
          .map(SnapshotRecycleBinInfo::snapshotId)
          .map(SnapshotId::new)
          .filter(snapshots::contains)
          .forEach(binned::add);
    } catch (Ec2Exception refused) {
      if (refused.statusCode() != 403) {
        throw refused;
      }
    }
    return binned;
  }
}
