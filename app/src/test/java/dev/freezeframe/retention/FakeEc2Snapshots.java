package dev.freezeframe.retention;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.SnapshotSet;
import dev.freezeframe.snapshot.SnapshotState;
import dev.freezeframe.snapshot.SnapshotTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The snapshots of an EC2 that exists only here. */
public final class FakeEc2Snapshots implements Ec2Snapshots {
  private static final int PAGE = 5;

  private final Map<SnapshotId, Ec2Snapshot> snapshots = new TreeMap<>();
  private final Map<SnapshotId, List<String>> shared = new TreeMap<>();
  private final Map<SnapshotId, String> refusals = new TreeMap<>();
  private final Map<VolumeId, InstanceId> attachments = new TreeMap<>();
  private Consumer<SnapshotId> afterDeletion = any -> {};
  private int asked;

  void add(Ec2Snapshot snapshot) {
    snapshots.put(snapshot.snapshot(), snapshot);
  }

  void settle(SnapshotId id, SnapshotState state) {
    snapshots.computeIfPresent(
        id,
        (any, old) ->
            new Ec2Snapshot(
                id,
                old.volume(),
                old.startTime(),
                state,
                old.completedAt(),
                old.message(),
                old.tags(),
                old.lock(),
                old.images(),
                old.description()));
  }

  void tag(SnapshotId id, String key, Optional<String> value) {
    Ec2Snapshot old = snapshots.get(id);
    Map<String, String> tags = new TreeMap<>(old.tags());
    value.ifPresentOrElse(text -> tags.put(key, text), () -> tags.remove(key));
    add(
        new Ec2Snapshot(
            id,
            old.volume(),
            old.startTime(),
            old.state(),
            old.completedAt(),
            old.message(),
            tags,
            old.lock(),
            old.images(),
            old.description()));
  }

  void lock(SnapshotId id, Optional<String> mode) {
    protect(id, mode, snapshots.get(id).images());
  }

  void use(SnapshotId id, List<String> images) {
    protect(id, snapshots.get(id).lock(), images);
  }

  private void protect(SnapshotId id, Optional<String> lock, List<String> images) {
    Ec2Snapshot old = snapshots.get(id);
    add(
        new Ec2Snapshot(
            id,
            old.volume(),
            old.startTime(),
            old.state(),
            old.completedAt(),
            old.message(),
            old.tags(),
            lock,
            images,
            old.description()));
  }

  void share(SnapshotId id, String account) {
    shared.put(id, List.of(account));
  }

  void attach(VolumeId volume, InstanceId instance) {
    attachments.put(volume, instance);
  }

  /** From now on the deletion of a snapshot is refused, though nothing showed it before. */
  void refuse(SnapshotId id, String words) {
    refusals.put(id, words);
  }

  void allow(SnapshotId id) {
    refusals.remove(id);
  }

  void deleteByHand(SnapshotId id) {
    snapshots.remove(id);
  }

  void afterDeletion(Consumer<SnapshotId> listener) {
    afterDeletion = listener;
  }

  Map<SnapshotId, Ec2Snapshot> all() {
    return snapshots;
  }

  /** About how many snapshots it was asked. */
  int asked() {
    return asked;
  }

  @Override
  public Map<SnapshotId, Ec2Snapshot> find(Collection<SnapshotId> ids) {
    asked += ids.size();
    Map<SnapshotId, Ec2Snapshot> found = new TreeMap<>();
    for (SnapshotId id : ids) {
      if (snapshots.containsKey(id)) {
        found.put(id, snapshots.get(id));
      }
    }
    return found;
  }

  @Override
  public Map<SnapshotId, Ec2Snapshot> existing(Collection<SnapshotId> ids) {
    return find(ids);
  }

  @Override
  public Map<SnapshotId, List<String>> sharing(Collection<SnapshotId> ids) {
    Map<SnapshotId, List<String>> found = new TreeMap<>(shared);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public Page tagged(TagSelector tag, Optional<String> token) {
    List<Ec2Snapshot> matching =
        snapshots.values().stream().filter(snapshot -> tag.matches(snapshot.tags())).toList();
    int from = token.map(Integer::parseInt).orElse(0);
    int to = Math.min(matching.size(), from + PAGE);
    return new Page(
        new ArrayList<>(matching.subList(from, to)),
        to < matching.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
  }

  @Override
  public Map<VolumeId, InstanceId> attachedTo(Collection<VolumeId> volumes) {
    Map<VolumeId, InstanceId> attached = new TreeMap<>(attachments);
    attached.keySet().retainAll(volumes);
    return attached;
  }

  @Override
  public Ending delete(SnapshotId id) {
    Ec2Snapshot snapshot = snapshots.get(id);
    if (snapshot == null) {
      return Ending.GONE;
    }
    if (refusals.containsKey(id) || snapshot.lock().isPresent() || !snapshot.images().isEmpty()) {
      return Ending.refused(refusals.getOrDefault(id, "InvalidSnapshot.InUse"));
    }
    snapshots.remove(id);
    afterDeletion.accept(id);
    return Ending.DELETED;
  }

  @Override
  public List<SnapshotSet> sets(RunId run, InstanceId instance) {
    Map<AttemptId, List<Ec2Snapshot>> sets = new TreeMap<>();
    for (Ec2Snapshot snapshot : snapshots.values()) {
      if (snapshot.tag(SnapshotTags.RUN).equals(Optional.of(run.value()))
          && snapshot.tag(SnapshotTags.INSTANCE).equals(Optional.of(instance.value()))
          && snapshot.ours()) {
        snapshot
            .tag(SnapshotTags.SET)
            .filter(AttemptId::isWellFormed)
            .map(AttemptId::new)
            .ifPresent(set -> sets.computeIfAbsent(set, any -> new ArrayList<>()).add(snapshot));
      }
    }
    return sets.entrySet().stream()
        .map(
            set ->
                new SnapshotSet(
                    set.getKey(),
                    set.getValue().get(0).startTime(),
                    set.getValue().stream()
                        .map(one -> new SnapshotSet.Member(one.snapshot(), one.volume()))
                        .toList(),
                    false,
                    true))
        .toList();
  }

  @Override
  public Optional<String> tag(Collection<SnapshotId> ids, Map<String, String> tags) {
    if (!snapshots.keySet().containsAll(ids)) {
      return Optional.of("InvalidSnapshot.NotFound");
    }
    ids.forEach(id -> tags.forEach((key, value) -> tag(id, key, Optional.of(value))));
    return Optional.empty();
  }
}
