package dev.freezeframe.retention;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.InstanceFacts;
import dev.freezeframe.inventory.Instances;
import dev.freezeframe.ledger.Adoption;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.SnapshotRow;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.TagSelector;
import dev.freezeframe.restore.AttachedVolume;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.retention.rule.Lifetime;
import dev.freezeframe.snapshot.Ec2Snapshot;
import dev.freezeframe.snapshot.Ec2Snapshots;
import dev.freezeframe.snapshot.SnapshotTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes snapshots that others made into a policy: from then on they are ours, and end by its rules.
 */
public final class Adopter {
  private final Ledger ledger;
  private final Ec2Snapshots live;
  private final Instances instances;

  public Adopter(Ledger ledger, Ec2Snapshots live, Instances instances) {
    this.ledger = ledger;
    this.live = live;
    this.instances = instances;
  }

  /**
   * Which snapshots, and into what.
   *
   * @param tag by which they are found
   * @param instanceTag the snapshot tag that names the instance; empty: the volume's attachment
   *     tells
   * @param instance whose they are, whatever else tells
   */
  public record Order(
      TagSelector tag,
      Policy policy,
      Optional<String> instanceTag,
      Optional<InstanceId> instance) {}

  /**
   * What one page came to.
   *
   * @param adopted snapshots, or those that would be
   * @param next of the page that follows; empty: this was the last
   */
  public record Result(int adopted, List<String> words, Optional<String> next) {

    public Result {
      words = List.copyOf(words);
    }
  }

  /**
   * Goes through one page.
   *
   * @param apply false: only says what would be done
   */
  public Result adopt(Order order, Optional<String> token, boolean apply, Instant now) {
    Ec2Snapshots.Page page = live.tagged(order.tag(), token);
    Set<SnapshotId> known =
        ledger.lives(page.snapshots().stream().map(Ec2Snapshot::snapshot).toList()).stream()
            .map(life -> life.row().snapshot())
            .collect(Collectors.toSet());
    // Tags of ours that somebody put on it by hand don't keep it from being adopted in earnest.
    List<Ec2Snapshot> foreign =
        page.snapshots().stream()
            .filter(
                snapshot ->
                    snapshot.tag(SnapshotTags.RUN).isEmpty()
                        || (!snapshot.ours() && !known.contains(snapshot.snapshot())))
            .toList();
    Map<VolumeId, InstanceId> attached =
        order.instance().isPresent()
            ? Map.of()
            : live.attachedTo(foreign.stream().map(Ec2Snapshot::volume).toList());
    List<String> words = new ArrayList<>();
    Map<InstanceId, RetentionSettings> terms = new HashMap<>();
    Map<InstanceId, Optional<InstanceFacts>> found = new HashMap<>();
    List<AdoptableSnapshot> adoptable = new ArrayList<>();
    for (Ec2Snapshot snapshot : foreign) {
      instance(order, snapshot, attached)
          .ifPresentOrElse(
              instance ->
                  adoptable.add(
                      AdoptableSnapshot.foreign(
                          snapshot,
                          instance,
                          order.policy().name(),
                          terms.computeIfAbsent(
                              instance,
                              any ->
                                  terms(
                                      order.policy(),
                                      found.computeIfAbsent(any, instances::find))))),
              () ->
                  words.add(
                      "%s is left alone: its instance is unknown, pass instanceId"
                          .formatted(snapshot.snapshot())));
    }
    Map<InstanceId, List<AttachedVolume>> volumes = new HashMap<>();
    for (List<AdoptableSnapshot> set : AdoptableSnapshot.sets(adoptable)) {
      words.add(words(set, apply));
      if (apply) {
        InstanceId instance = set.get(0).row().instance();
        recordFacts(
            set,
            found.get(instance),
            volumes.computeIfAbsent(instance, any -> attached(found.get(any))),
            now);
        adopt(order.policy(), set, order.tag(), now)
            .ifPresent(
                refused ->
                    words.add(
                        ("set %s is on record, but nothing deletes it before it carries our tags: "
                                + "EC2 refused them: %s")
                            .formatted(set.get(0).row().set(), refused)));
      }
    }
    return new Result(adoptable.size(), words, page.next());
  }

  private static Optional<InstanceId> instance(
      Order order, Ec2Snapshot snapshot, Map<VolumeId, InstanceId> attached) {
    return order
        .instance()
        .or(
            () ->
                order
                    .instanceTag()
                    .flatMap(snapshot::tag)
                    .filter(text -> text.matches("i-[0-9a-f]{8,17}"))
                    .map(InstanceId::new))
        .or(() -> Optional.ofNullable(attached.get(snapshot.volume())));
  }

  /** As for a set that is taken: the instance's tag, while there is one, overrides the days. */
  private static RetentionSettings terms(Policy policy, Optional<InstanceFacts> instance) {
    Map<String, String> tags = instance.map(InstanceFacts::tags).orElse(Map.of());
    return Lifetime.of(policy.retention(), tags).under(policy);
  }

  private List<AttachedVolume> attached(Optional<InstanceFacts> instance) {
    return instance
        .map(known -> known.settings(known.volumes(), instances.volumes(known.id())))
        .orElse(List.of());
  }

  /** As far as EC2 knows them now: nobody says how it was when the snapshots were taken. */
  private void recordFacts(
      List<AdoptableSnapshot> set,
      Optional<InstanceFacts> instance,
      List<AttachedVolume> volumes,
      Instant now) {
    SnapshotRow first = set.get(0).row();
    ledger.recordFacts(
        InspectedInstance.of(
                first.run(), first.instance(), now, instance.map(InstanceFacts::settings), volumes)
            .facts(first.set(), AdoptableSnapshot.volumes(set)));
  }

  private static String words(List<AdoptableSnapshot> set, boolean apply) {
    return "%s %s of %s at %s; %s"
        .formatted(
            apply ? "adopted" : "would adopt",
            set.stream().map(one -> one.row().snapshot()).toList(),
            set.get(0).row().instance(),
            set.get(0).row().pointInTime(),
            set.get(0).terms().orElseThrow().daysReason());
  }

  /**
   * The ledger first: a snapshot that carries our tags is always known to it.
   *
   * @return why EC2 refused the tags; empty: they are set
   */
  private Optional<String> adopt(
      Policy policy, List<AdoptableSnapshot> set, TagSelector found, Instant now) {
    SnapshotRow first = set.get(0).row();
    List<SnapshotId> ids = set.stream().map(one -> one.row().snapshot()).toList();
    new Reconciler(ledger, live)
        .adopt(set, new Adoption(now, "made by others, found by the tag " + found), now);
    Map<String, String> tags = new TreeMap<>();
    tags.put(SnapshotTags.POLICY, policy.name().value());
    tags.put(SnapshotTags.RUN, first.run().value());
    tags.put(SnapshotTags.SET, first.set().value());
    tags.put(SnapshotTags.INSTANCE, first.instance().value());
    tags.put(SnapshotTags.CONSISTENCY, first.consistency().orElseThrow().name());
    return live.tag(ids, tags);
  }
}
