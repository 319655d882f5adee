package dev.freezeframe.slot;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.slot.SlotDecision.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides who gets slots. */
public final class SlotRules {
  /**
   * What EC2 has not shown by then is not there. That it shows a new snapshot late is documented,
   * how late is not.
   */
  static final Duration SHOWN = Duration.ofSeconds(60);

  /** Quotas of a volume: snapshots that are pending or failed; of st1 and sc1; EBS quotas. */
  public static final int MAX_OF_A_VOLUME = 5;

  static final int MAX_OF_A_SLOW_VOLUME = 1;

  /** EC2 wants 15 s between two snapshots of a volume; and those of a record come after the set. */
  static final Duration BETWEEN_TWO = Duration.ofSeconds(15);

  /** No more than a third of the quota is left free for others that are not there. */
  private static final int MAX_PART_OF_OTHERS = 3;

  private SlotRules() {}

  /**
   * Sets what EC2 shows against what is held.
   *
   * @param at when the look began
   * @param last the look before
   * @param taken the slots that had ever been taken before the holds were read
   */
  public static Reconciled reconcile(
      Instant at,
      Optional<SlotLook> last,
      List<PendingSnapshot> shown,
      List<SlotHold> holds,
      long taken) {
    Set<SnapshotId> pending = new HashSet<>();
    Map<VolumeId, Integer> open = new HashMap<>();
    for (PendingSnapshot snapshot : shown) {
      open.merge(snapshot.volume(), 1, Integer::sum);
      if (!snapshot.failed()) {
        pending.add(snapshot.snapshot());
      }
    }
    Set<SnapshotId> ours = new HashSet<>();
    List<SlotHold> left = new ArrayList<>();
    Map<SlotHold, Set<SnapshotId>> settled = new HashMap<>();
    List<SlotHold> lapsed = new ArrayList<>();
    for (SlotHold hold : holds) {
      if (hold.recordedAt().isPresent()) {
        Set<SnapshotId> gone = new HashSet<>(hold.pending());
        gone.removeAll(pending);
        if (!gone.isEmpty() && hold.recordedAt().get().plus(SHOWN).isBefore(at)) {
          settled.put(hold, gone);
          left.add(hold.without(gone));
        } else {
          left.add(hold);
        }
        ours.addAll(hold.pending());
      } else if (hold.until().plus(SHOWN).isBefore(at)) {
        lapsed.add(hold);
      } else {
        left.add(hold);
        shown.stream()
            .filter(snapshot -> snapshot.set().equals(Optional.of(hold.attempt())))
            .limit(hold.slots())
            .map(PendingSnapshot::snapshot)
            .forEach(ours::add);
      }
    }
    int others = (int) pending.stream().filter(snapshot -> !ours.contains(snapshot)).count();
    SlotLook look =
        new SlotLook(
            at,
            pending.size(),
            others,
            SlotLook.peakAfter(last, at, others),
            OpenSnapshots.of(open),
            new SlotLook.Held(left.stream().mapToInt(SlotHold::held).sum(), taken));
    return new Reconciled(look, left, Map.copyOf(settled), lapsed);
  }

  /**
   * What a look changes.
   *
   * @param holds that are left
   * @param settled snapshots whose slots are held though they are pending no more
   * @param lapsed holds that no set was put on record for in time
   */
  public record Reconciled(
      SlotLook look,
      List<SlotHold> holds,
      Map<SlotHold, Set<SnapshotId>> settled,
      List<SlotHold> lapsed) {}

  /** Decides on a set. */
  public static SlotDecision decide(SlotOrder order, SlotFacts facts, Instant now) {
    SlotQueue looked = facts.queue().looked(facts.look(), facts.limit());
    SlotQueue queue = facts.end(now).map(looked::endingAt).orElse(looked);
    Optional<VolumeId> busy = busy(order, facts);
    if (busy.isPresent()) {
      return new SlotDecision(
          Kind.STAND_ASIDE,
          queue,
          "%s has as many pending or failed snapshots as EC2 lets it have: %d"
              .formatted(busy.get(), facts.look().open().of(busy.get())));
    }
    Optional<SlotHold> met =
        facts.holds().stream().filter(hold -> meets(order, hold, now)).findFirst();
    if (met.isPresent()) {
      return new SlotDecision(Kind.STAND_ASIDE, queue, words(order, met.get().instance()));
    }
    if (queue.pausedUntil().isAfter(now)) {
      return wait(order, queue, "EC2 has refused a set, nobody takes slots for a while");
    }
    Optional<SlotHold> own =
        facts.holds().stream().filter(hold -> hold.execution().equals(order.execution())).findAny();
    boolean reserved = own.filter(hold -> hold.reservedUntil(now)).isPresent();
    int ahead = reserved ? 0 : ahead(order, facts.waits(), now);
    if (ahead + order.slots() > free(order, facts, queue, now)) {
      return wait(order, queue, words(order, facts, queue, now));
    }
    if (reserved && own.get().slots() >= order.slots()) {
      return new SlotDecision(
          Kind.TAKE, queue.kept(order.slots()), words(order, facts, queue, now));
    }
    if (queue.rate().left(order.perSecond(), now) < 1) {
      return wait(order, queue, "as many sets are ordered as the rate of CreateSnapshots allows");
    }
    return new SlotDecision(
        Kind.TAKE,
        queue.taken(order.slots(), order.place(), order.perSecond(), now),
        words(order, facts, queue, now));
  }

  /**
   * Whether a set fits, no matter who else holds slots, by what the look knows and by what was
   * taken since.
   */
  public static boolean surelyFits(SlotOrder order, SlotFacts facts, Instant now) {
    SlotQueue queue = facts.queue().looked(facts.look(), facts.limit());
    return order.slots() <= free(order, facts, queue, now);
  }

  private static String words(SlotOrder order, InstanceId other) {
    return other.equals(order.instance())
        ? "another policy takes a set of %s just now".formatted(other)
        : "a set of %s, which has a volume of %s attached, is taken just now"
            .formatted(other, order.instance());
  }

  /** Whether another set with a volume of this one is about to be taken, or was a moment ago. */
  private static boolean meets(SlotOrder order, SlotHold hold, Instant now) {
    return order.meets(hold.instance())
        && !hold.execution().equals(order.execution())
        && (hold.reservedUntil(now)
            || hold.recordedAt().map(at -> at.plus(BETWEEN_TWO).isAfter(now)).orElse(false));
  }

  private static SlotDecision wait(SlotOrder order, SlotQueue queue, String words) {
    return new SlotDecision(
        Kind.WAIT,
        order.place().isPresent() ? queue : queue.joined(order.policy(), order.slots()),
        words);
  }

  private static Optional<VolumeId> busy(SlotOrder order, SlotFacts facts) {
    return order.volumes().stream()
        .filter(
            volume ->
                facts.look().open().of(volume)
                    >= (facts.slow().contains(volume) ? MAX_OF_A_SLOW_VOLUME : MAX_OF_A_VOLUME))
        .findFirst();
  }

  private static int free(SlotOrder order, SlotFacts facts, SlotQueue queue, Instant now) {
    int held = facts.held(order.execution());
    int limit = queue.limit(facts.limit(), now);
    int ours = limit - facts.look().others();
    int left = Math.min(facts.look().leftToOthers(), limit / MAX_PART_OF_OTHERS);
    // A set that never fits beside the others' part has to wait for the whole quota.
    return (order.slots() > ours - left ? ours : ours - left) - held;
  }

  /** The slots that those before it wait for; anyone who has not asked for too long is dead. */
  public static int ahead(SlotOrder order, List<SlotWait> waits, Instant now) {
    return waits.stream()
        .filter(wait -> !wait.execution().equals(order.execution()))
        .filter(wait -> wait.livesAt(now))
        .filter(wait -> order.place().isEmpty() || before(wait, order))
        .mapToInt(SlotWait::slots)
        .sum();
  }

  private static boolean before(SlotWait wait, SlotOrder order) {
    int byPlace = Long.compare(wait.place(), order.place().orElseThrow());
    return byPlace < 0 || (byPlace == 0 && wait.execution().compareTo(order.execution()) < 0);
  }

  private static String words(SlotOrder order, SlotFacts facts, SlotQueue queue, Instant now) {
    return "%s%d of %d slots are free, %d wanted; %d pending snapshots are others'%s"
        .formatted(
            facts.allHolds() ? "" : "at least ",
            Math.max(0, free(order, facts, queue, now)),
            queue.limit(facts.limit(), now),
            order.slots(),
            facts.look().others(),
            queue
                .loweredUntil(now)
                .map(
                    "; EC2 refused a set (PendingSnapshotLimitExceeded), so the quota is taken to be lower until %s"
                        ::formatted)
                .orElse(""));
  }
}
