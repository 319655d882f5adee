package dev.freezeframe.slot;

import dev.freezeframe.common.PolicyName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all who take slots agree on. A change is made under the version that was read, so that of
 * two who take at once one asks again.
 *
 * <p>Places are counted in slots. The sets of a policy stand one behind the other, the first where
 * the queue has come to: so policies take turns, each by the slots that it wants, and no set is
 * overtaken by one that comes later in its policy.
 *
 * @param version counts the changes
 * @param everTaken how many slots were ever taken or kept
 * @param served the place of the last set that had waited and got its slots
 * @param movedAt when slots were last taken
 * @param places for each policy that has sets waiting, the place behind its last one
 * @param pausedUntil nobody takes slots before: EC2 has refused a set
 * @param refused the last refusal that no look has explained yet
 * @param lowered a quota that seems to be lower than the setting
 * @param rate how many calls of CreateSnapshots may follow at once
 */
public record SlotQueue(
    long version,
    long everTaken,
    long served,
    Instant movedAt,
    SortedMap<PolicyName, Long> places,
    Instant pausedUntil,
    Optional<Refused> refused,
    Optional<Lowered> lowered,
    Rate rate) {

  /** How long a quota is believed to be lower than the setting. */
  private static final Duration BELIEVED = Duration.ofMinutes(10);

  public SlotQueue {
    movedAt = movedAt.truncatedTo(ChronoUnit.MILLIS);
    pausedUntil = pausedUntil.truncatedTo(ChronoUnit.MILLIS);
    places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
  }

  /**
   * EC2 refused a set for the quota of pending snapshots.
   *
   * @param slots that the set had
   * @param others how many snapshots of other tools the look showed that had given it the slots
   */
  public record Refused(int slots, int others, Instant at) {
    public Refused {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /** A quota that holds for a while. */
  public record Lowered(int limit, Instant until) {
    public Lowered {
      until = until.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * A token bucket.
   *
   * @param thousandths of the calls that were left
   */
  public record Rate(long thousandths, Instant at) {
    /** Half of EC2's own bucket, so that the other half is left to other tools. */
    private static final int SIZE = 50;

    public Rate {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** How many calls are left, with what was refilled since. */
    double left(double perSecond, Instant now) {
      double refilled = perSecond * Math.max(0, Duration.between(at, now).toMillis()) / 1000.0;
      return Math.min(SIZE, thousandths / 1000.0 + refilled);
    }

    Rate spend(double perSecond, Instant now) {
      return new Rate(Math.round(Math.max(0, left(perSecond, now) - 1) * 1000), now);
    }
  }

  /** Nobody has ever taken a slot. */
  public static SlotQueue empty() {
    return new SlotQueue(
        0,
        0,
        0,
        Instant.EPOCH,
        Collections.emptySortedMap(),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        new Rate(Rate.SIZE * 1000L, Instant.EPOCH));
  }

  /** The place at which a set of a policy begins to wait. */
  public long placeOf(PolicyName policy) {
    return Math.max(served, places.getOrDefault(policy, 0L));
  }

  /**
   * The same where nobody stands behind a place: those that did have died, and anyone who comes
   * next does not wait behind them.
   */
  SlotQueue endingAt(long end) {
    SortedMap<PolicyName, Long> behind = new TreeMap<>(places);
    behind.replaceAll((policy, place) -> Math.min(place, end));
    behind.values().removeIf(place -> place <= served);
    return new SlotQueue(
        version, everTaken, served, movedAt, behind, pausedUntil, refused, lowered, rate);
  }

  /** A set of so many slots stands at the end of its policy's queue. */
  SlotQueue joined(PolicyName policy, int slots) {
    SortedMap<PolicyName, Long> behind = new TreeMap<>(places);
    behind.put(policy, placeOf(policy) + slots);
    return new SlotQueue(
        version + 1, everTaken, served, movedAt, behind, pausedUntil, refused, lowered, rate);
  }

  /** A set got so many slots, at a place if it had to wait. */
  SlotQueue taken(int slots, Optional<Long> place, double perSecond, Instant now) {
    long reached = Math.max(served, place.orElse(0L));
    SortedMap<PolicyName, Long> waiting = new TreeMap<>(places);
    waiting.values().removeIf(behind -> behind <= reached);
    return new SlotQueue(
        version + 1,
        everTaken + slots,
        reached,
        now,
        waiting,
        pausedUntil,
        refused,
        lowered,
        rate.spend(perSecond, now));
  }

  /**
   * A set keeps so many slots that it has; anyone who decides at the same time has to count them.
   * They are counted once more: the function that took them may have died before they were, and
   * what is counted twice is put right by the next look.
   */
  SlotQueue kept(int slots) {
    return new SlotQueue(
        version + 1,
        everTaken + slots,
        served,
        movedAt,
        places,
        pausedUntil,
        refused,
        lowered,
        rate);
  }

  /**
   * EC2 refused a set of so many slots.
   *
   * @param others how many snapshots of other tools the newest look showed
   */
  public SlotQueue refused(QuotaRefusal refusal, int slots, int others, Instant now) {
    Instant until = now.plus(refusal.pauseOfAll());
    return new SlotQueue(
        version + 1,
        everTaken,
        served,
        movedAt,
        places,
        until.isAfter(pausedUntil) ? until : pausedUntil,
        refusal == QuotaRefusal.PENDING_SNAPSHOTS
            ? Optional.of(new Refused(slots, others, now))
            : refused,
        lowered,
        refusal == QuotaRefusal.RATE ? new Rate(0, now) : rate);
  }

  /**
   * The same after a look. Where it leaves room for the set that EC2 refused, the quota in force is
   * taken to be lower than the setting, for a while from the refusal on; unless others have come
   * since the look before: then they had been faster, and ours that completed since have made the
   * room. Sets that wait look again and again without a change that would be recorded, so that the
   * look's own time must not decide how long that lasts.
   */
  SlotQueue looked(SlotLook look, int limit) {
    if (refused.isEmpty() || !look.at().isAfter(refused.get().at())) {
      return this;
    }
    int slots = refused.get().slots();
    Optional<Lowered> found =
        look.others() <= refused.get().others() && look.pending() + slots <= limit
            ? Optional.of(
                new Lowered(
                    Math.max(slots, look.pending() + slots - 1), refused.get().at().plus(BELIEVED)))
            : lowered;
    return new SlotQueue(
        version, everTaken, served, movedAt, places, pausedUntil, Optional.empty(), found, rate);
  }

  /** Until when the quota is taken to be lower than the setting; empty: it is not. */
  Optional<Instant> loweredUntil(Instant now) {
    return inForce(now).map(Lowered::until);
  }

  private Optional<Lowered> inForce(Instant now) {
    return lowered.filter(lower -> lower.until().isAfter(now));
  }

  /** The quota to keep to. */
  int limit(int setting, Instant now) {
    return inForce(now).map(lower -> Math.min(setting, lower.limit())).orElse(setting);
  }
}
