package dev.freezeframe.retention;

import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.SnapshotChange;
import dev.freezeframe.ledger.SnapshotHistory;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares ledger and EC2, both ways, a page at a time, and puts the ledger right. */
public final class Reconciler {
  /** How many groups are compared at once. */
  private static final int GROUPS = 200;

  /** EC2 may not know a snapshot yet that was created so recently. */
  private static final Duration JUST_CREATED = Duration.ofHours(1);

  private final Ledger ledger;
  private final Ec2Snapshots live;

  public Reconciler(Ledger ledger, Ec2Snapshots live) {
    this.ledger = ledger;
    this.live = live;
  }

  /**
   * What one page came to.
   *
   * @param compared snapshots
   * @param adopted that were ours and unknown
   * @param vanished that are gone though nothing of ours deleted them
   * @param returned that had vanished and are there again
   * @param next of the page that follows; empty: this was the last
   */
  public record Result(
      int compared,
      int adopted,
      int vanished,
      int returned,
      List<String> words,
      Optional<String> next) {

    public Result {
      words = List.copyOf(words);
    }
  }

  /** Goes through one page of what EC2 has of ours. */
  public Result ofEc2(Optional<String> token, Instant now) {
    Ec2Snapshots.Page page =
        live.tagged(new TagSelector(SnapshotTags.RUN, Optional.empty()), token);
    Map<SnapshotId, SnapshotHistory> known =
        ledger.lives(page.snapshots().stream().map(Ec2Snapshot::snapshot).toList()).stream()
            .collect(Collectors.toMap(life -> life.row().snapshot(), life -> life));
    List<String> words = new ArrayList<>();
    List<AdoptableSnapshot> unknown = new ArrayList<>();
    int returned = 0;
    for (Ec2Snapshot snapshot : page.snapshots()) {
      SnapshotHistory life = known.get(snapshot.snapshot());
      if (life == null) {
        AdoptableSnapshot.ours(snapshot)
            .ifPresentOrElse(
                unknown::add,
                () ->
                    words.add(
                        "%s carries a run id of ours, but not all of our tags, or we did not create it"
                            .formatted(snapshot.snapshot())));
        continue;
      }
      settle(life, snapshot, now);
      if (life.vanishedAt().isPresent()) {
        ledger.recordReturned(snapshot.snapshot());
        new GroupReview(ledger).review(life.row().group(), List.of(snapshot.snapshot()), now);
        words.add("%s is there again".formatted(snapshot.snapshot()));
        returned++;
      } else if (life.deletion().isPresent()) {
        words.add(
            "%s exists, though its deletion is on record: nothing will delete it again"
                .formatted(snapshot.snapshot()));
      }
    }
    for (List<AdoptableSnapshot> set : AdoptableSnapshot.sets(unknown)) {
      recordFacts(set);
      adopt(set, new Adoption(now, "its tags; it was created but not recorded"), now);
      words.add("adopted %s".formatted(set.stream().map(one -> one.row().snapshot()).toList()));
    }
    return new Result(page.snapshots().size(), unknown.size(), 0, returned, words, page.next());
  }

  /** The inspection is on record since before the set was taken. */
  private void recordFacts(List<AdoptableSnapshot> set) {
    SnapshotRow first = set.get(0).row();
    ledger.recordInspectedFacts(
        first.run(), first.instance(), first.set(), AdoptableSnapshot.volumes(set));
  }

  private void settle(SnapshotHistory life, Ec2Snapshot snapshot, Instant now) {
    if (life.living() && !life.row().state().settled() && snapshot.state().settled()) {
      ledger.apply(SnapshotChange.of(snapshot, now));
      new GroupReview(ledger).settled(snapshot.snapshot(), now);
    }
  }

  /** What has lost our tags is met on the ledger's side only, and settles here. */
  private void settle(
      Map<SnapshotId, IndexedSnapshot> recorded,
      Map<SnapshotId, Ec2Snapshot> existing,
      Instant now) {
    List<SnapshotId> open =
        existing.keySet().stream()
            .filter(id -> recorded.get(id).state().map(state -> !state.settled()).orElse(false))
            .toList();
    ledger.lives(open).forEach(life -> settle(life, existing.get(life.row().snapshot()), now));
  }

  /** Puts a set on record that was not; what is on record of it already stays. */
  void adopt(List<AdoptableSnapshot> set, Adoption adoption, Instant now) {
    ledger.recordSnapshots(set.stream().map(AdoptableSnapshot::row).toList());
    for (AdoptableSnapshot snapshot : set) {
      if (snapshot.inEc2().state().settled()) {
        ledger.apply(SnapshotChange.of(snapshot.inEc2(), now));
      }
      ledger.recordAdoption(snapshot.row().snapshot(), adoption);
    }
    SnapshotRow first = set.get(0).row();
    List<SnapshotId> ids = set.stream().map(one -> one.row().snapshot()).toList();
    Optional<Instant> expiresAt = first.expiresAt().map(at -> at.isBefore(now) ? now : at);
    SetVerdict verdict = SetVerdict.on(first.verdict().orElseThrow());
    set.get(0)
        .terms()
        .ifPresentOrElse(
            terms -> ledger.recordVerdict(ids, verdict, expiresAt, terms),
            () -> ledger.recordVerdict(ids, verdict, expiresAt));
    new GroupReview(ledger).review(first.group(), ids, now);
  }

  /** Goes through one page of the groups that the ledger has. */
  public Result ofLedger(Optional<GroupKey> after, Instant now) {
    List<GroupKey> groups = ledger.groups(after, GROUPS);
    Map<SnapshotId, IndexedSnapshot> recorded = new TreeMap<>();
    for (GroupKey group : groups) {
      for (IndexedSnapshot member : ledger.members(group)) {
        if (member.pointInTime().plus(JUST_CREATED).isBefore(now)) {
          recorded.put(member.snapshot(), member);
        }
      }
    }
    int compared = recorded.size();
    Map<SnapshotId, Ec2Snapshot> existing = live.existing(recorded.keySet());
    settle(recorded, existing, now);
    List<String> words = new ArrayList<>();
    int vanished = 0;
    recorded.keySet().removeAll(existing.keySet());
    for (SnapshotHistory gone : ledger.lives(recorded.keySet())) {
      SnapshotId snapshot = gone.row().snapshot();
      GroupKey group = recorded.get(snapshot).group();
      if (gone.deleting().isPresent()) {
        ledger.recordFactsExpiry(gone.row().set(), gone.deleting().get().at());
        if (ledger.recordDeletion(snapshot, gone.deleting().get().notFound())) {
          words.add("%s of %s was deleted by a run that died".formatted(snapshot, group));
        }
      } else if (ledger.recordVanished(snapshot, now)) {
        words.add("%s of %s has vanished".formatted(snapshot, group));
        vanished++;
      }
    }
    boolean more = groups.size() == GROUPS;
    return new Result(
        compared,
        0,
        vanished,
        0,
        words,
        more ? Optional.of(groups.get(groups.size() - 1).toString()) : Optional.empty());
  }
}
