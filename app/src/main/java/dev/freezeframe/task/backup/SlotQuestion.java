package dev.freezeframe.task.backup;

import static java.util.stream.Collectors.toCollection;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.slot.PendingSnapshots;
import dev.freezeframe.slot.SlotDecision;
import dev.freezeframe.slot.SlotFacts;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotLedger;
import dev.freezeframe.slot.SlotLook;
import dev.freezeframe.slot.SlotOrder;
import dev.freezeframe.slot.SlotPatience;
import dev.freezeframe.slot.SlotQueue;
import dev.freezeframe.slot.SlotRules;
import dev.freezeframe.slot.SlotRules.Reconciled;
import dev.freezeframe.slot.SlotWait;
import dev.freezeframe.task.backup.BackupState.Slots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Asks once for the slots of a set: looks at what is pending, decides by {@link SlotRules}, and
 * records what was decided, unless another was faster.
 */
final class SlotQuestion {
  /** An instance that was inspected so long ago is inspected again before it is frozen. */
  private static final Duration FRESH_INSPECTION = Duration.ofMinutes(10);

  /** How old a look at EC2 may be. */
  private static final Duration FRESH_LOOK = Duration.ofSeconds(10);

  /** How late the next question of a set that waits may come, its retries included. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** Of those that wait, how many are read: more can't be served at once. */
  private static final int AHEAD = 200;

  private final SlotLedger ledger;
  private final PendingSnapshots pending;
  private final Clock clock;
  private final int limit;
  private final BackupInput order;
  private final SlotOrder wanted;
  private final Optional<Slots> before;

  /**
   * A question.
   *
   * @param limit the quota of pending snapshots
   * @param wanted what is asked for
   * @param before the last answer; empty: it asks for the first time
   */
  SlotQuestion(
      SlotLedger ledger,
      PendingSnapshots pending,
      Clock clock,
      int limit,
      BackupInput order,
      SlotOrder wanted,
      Optional<Slots> before) {
    this.ledger = ledger;
    this.pending = pending;
    this.clock = clock;
    this.limit = limit;
    this.order = order;
    this.wanted = wanted;
    this.before = before;
  }

  private int overQuota() {
    return order.work().attempt().overQuota();
  }

  /** Empty: another was faster, and all has to be read again. */
  Optional<Slots> ask() {
    SlotQueue queue = ledger.slotQueue();
    Instant now = clock.instant();
    List<SlotWait> first = ledger.firstSlotWaits(AHEAD);
    List<SlotWait> waits = alive(first, now);
    if (far(waits, now)) {
      return Optional.of(waiting(wanted, queue, waits, "others wait for their slots before it"));
    }
    SlotFacts facts = facts(queue, waits, first.size() < AHEAD, now);
    Optional<SlotHold> own =
        facts.holds().stream()
            .filter(hold -> hold.execution().equals(wanted.execution()))
            .findFirst();
    SlotOrder placed =
        own.isPresent() && wanted.place().isEmpty() ? wanted.at(queue.served()) : wanted;
    SlotDecision decision = SlotRules.decide(placed, facts, clock.instant());
    return switch (decision.kind()) {
      case TAKE -> take(decision, own);
      case WAIT -> wait(placed, decision, waits, own);
      case STAND_ASIDE -> Optional.of(standAside(placed, decision, waits, own));
    };
  }

  /**
   * More than a whole quota is to be served before it: nothing of the rest matters yet. Only those
   * that live count: places before it whose holders have died would never be served.
   */
  private boolean far(List<SlotWait> waits, Instant now) {
    return wanted.place().isPresent() && SlotRules.ahead(wanted, waits, now) > limit;
  }

  /**
   * Where nobody waits and the set fits by what a fresh look knows, nobody reads who else holds
   * slots: that is as much as the fleet is large, for each of its sets.
   */
  private SlotFacts facts(SlotQueue queue, List<SlotWait> waits, boolean allWaits, Instant now) {
    Optional<SlotLook> last = ledger.slotLook();
    Optional<SlotLook> fresh = last.filter(look -> fresh(look, queue, now));
    if (waits.isEmpty() && fresh.filter(look -> surelyFits(queue, look, now)).isPresent()) {
      return facts(queue, fresh.get(), near(), false, waits, allWaits);
    }
    List<SlotHold> holds = ledger.slotHolds();
    if (fresh.isPresent()) {
      return facts(queue, fresh.get(), holds, true, waits, allWaits);
    }
    Reconciled found = look(queue, last, holds, now);
    return facts(queue, found.look(), found.holds(), true, waits, allWaits);
  }

  private SlotFacts facts(
      SlotQueue queue,
      SlotLook look,
      List<SlotHold> holds,
      boolean allHolds,
      List<SlotWait> waits,
      boolean allWaits) {
    return new SlotFacts(queue, look, holds, allHolds, waits, allWaits, slow(look), limit);
  }

  private static boolean fresh(SlotLook look, SlotQueue queue, Instant now) {
    return look.at().plus(FRESH_LOOK).isAfter(now)
        && queue.refused().map(refused -> look.at().isAfter(refused.at())).orElse(true);
  }

  private boolean surelyFits(SlotQueue queue, SlotLook look, Instant now) {
    return SlotRules.surelyFits(
        wanted,
        new SlotFacts(queue, look, List.of(), false, List.of(), true, Set.of(), limit),
        now);
  }

  /** The slots that are held for sets that may share a volume with this one. */
  private List<SlotHold> near() {
    return Stream.concat(Stream.of(wanted.instance()), wanted.sharers().stream())
        .flatMap(instance -> ledger.slotHolds(instance).stream())
        .toList();
  }

  private Reconciled look(
      SlotQueue queue, Optional<SlotLook> last, List<SlotHold> holds, Instant now) {
    Reconciled found = SlotRules.reconcile(now, last, pending.look(), holds, queue.everTaken());
    ledger.recordSlotLook(found.look());
    found.settled().forEach((hold, settled) -> ledger.giveSlotsBack(hold.holder(), settled));
    found.lapsed().forEach(hold -> ledger.giveSlotsBack(hold.holder()));
    return found;
  }

  /** Those that wait; the dead among them are taken out, so that they stand in nobody's way. */
  private List<SlotWait> alive(List<SlotWait> first, Instant now) {
    first.stream()
        .filter(wait -> !wait.livesAt(now))
        .forEach(dead -> ledger.removeSlotWait(dead.execution(), dead.place()));
    return first.stream().filter(wait -> wait.livesAt(now)).toList();
  }

  private Set<VolumeId> slow(SlotLook look) {
    Set<VolumeId> open =
        wanted.volumes().stream()
            .filter(volume -> look.open().of(volume) > 0)
            .collect(toCollection(TreeSet::new));
    return open.isEmpty() ? Set.of() : pending.slow(open);
  }

  /** The slots first, then the queue: if another was faster, both are decided on again. */
  private Optional<Slots> take(SlotDecision decision, Optional<SlotHold> own) {
    ledger.recordSlotHold(hold(wanted.slots()));
    if (!ledger.recordSlotQueue(decision.next())) {
      if (own.isEmpty()) {
        ledger.giveSlotsBack(order.holder());
      }
      return Optional.empty();
    }
    wanted.place().ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
    return Optional.of(taken(decision.words()));
  }

  private SlotHold hold(int slots) {
    return SlotHold.of(
        order.execution(),
        order.instanceId(),
        order.attemptId(),
        slots,
        clock.instant().plus(HeldSlots.LEASE));
  }

  /** Who had to wait for long sees to the instance again, and then asks once more. */
  private Slots taken(String words) {
    Instant now = clock.instant();
    boolean waitedLong =
        before
            .filter(last -> last.place().isPresent())
            .flatMap(Slots::since)
            .map(since -> since.plus(FRESH_INSPECTION).isBefore(now))
            .orElse(false);
    return Slots.taken(waitedLong, before, overQuota(), words);
  }

  /** Its place first, then the queue: a place that is in the queue alone is nobody's any more. */
  private Optional<Slots> wait(
      SlotOrder placed, SlotDecision decision, List<SlotWait> waits, Optional<SlotHold> own) {
    SlotQueue next = decision.next();
    boolean joins = placed.place().isEmpty();
    SlotOrder standing =
        joins ? placed.at(next.places().get(placed.policy()) - placed.slots()) : placed;
    Slots answer = waiting(standing, next, waits, decision.words());
    if (joins && !ledger.recordSlotQueue(next)) {
      standing.place().ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
      return Optional.empty();
    }
    own.ifPresent(hold -> ledger.giveSlotsBack(hold.holder()));
    return Optional.of(answer);
  }

  private Slots waiting(SlotOrder standing, SlotQueue queue, List<SlotWait> waits, String words) {
    Instant now = clock.instant();
    Slots answer = patient(standing, queue, waits, words);
    ledger.recordSlotWait(
        new SlotWait(
            order.execution(),
            standing.place().orElseThrow(),
            standing.slots(),
            now.plusSeconds(answer.waitSeconds()).plus(GRACE)));
    return answer;
  }

  private Slots patient(SlotOrder standing, SlotQueue queue, List<SlotWait> waits, String words) {
    Instant now = clock.instant();
    long place = standing.place().orElseThrow();
    Instant since = before.flatMap(Slots::since).orElse(now);
    boolean first = before.flatMap(Slots::place).isEmpty();
    long servedThen = first ? queue.served() : before.get().servedThen();
    int asked = before.map(Slots::asked).orElse(0) + 1;
    Duration wait =
        new SlotPatience(ahead(standing, queue, waits, now), since, servedThen, asked)
            .next(queue, limit, now);
    return Slots.waiting(wait, Optional.of(place), since, servedThen, before, overQuota(), words);
  }

  /** Of more than are read, so many as its place says; else those that live. */
  private static long ahead(
      SlotOrder standing, SlotQueue queue, List<SlotWait> waits, Instant now) {
    long byPlace = Math.max(0, standing.place().orElseThrow() - queue.served());
    return waits.size() < AHEAD
        ? Math.min(byPlace, SlotRules.ahead(standing, waits, now))
        : byPlace;
  }

  /** Its place is kept, and nobody waits for it meanwhile. */
  private Slots standAside(
      SlotOrder placed, SlotDecision decision, List<SlotWait> waits, Optional<SlotHold> own) {
    own.ifPresent(hold -> ledger.giveSlotsBack(hold.holder()));
    placed.place().ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
    long place = placed.place().orElseGet(() -> decision.next().placeOf(placed.policy()));
    return patient(placed.at(place), decision.next(), waits, decision.words());
  }
}
