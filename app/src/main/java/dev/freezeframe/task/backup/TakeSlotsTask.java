package dev.freezeframe.task.backup;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.slot.Ec2PendingSnapshots;
import dev.freezeframe.slot.PendingSnapshots;
import dev.freezeframe.slot.QuotaRefusal;
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
import dev.freezeframe.slot.SlotsImpossibleException;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes a slot of the quota of pending snapshots for each snapshot of a set, before its guest is
 * frozen; or tells when to ask again.
 */
public final class TakeSlotsTask extends JsonTask<BackupInput, BackupState.Slots> {
  /** After that a set is given up: the quota does not carry what is asked of it. */
  static final Duration MAX_WAIT = Duration.ofHours(24);

  /** So often EC2 may refuse a set that has slots: each time a guest may have been frozen. */
  static final int MAX_REFUSALS = 8;

  /** All that an execution makes, whatever for, so that its history has room for them. */
  private static final int MAX_ATTEMPTS = 10;

  /** An instance that was inspected so long ago is inspected again before it is frozen. */
  private static final Duration FRESH_INSPECTION = Duration.ofMinutes(10);

  /** How old a look at EC2 may be. */
  private static final Duration FRESH_LOOK = Duration.ofSeconds(10);

  /** How late the next question of a set that waits may come, its retries included. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** Of those that wait, how many are read: more can't be served at once. */
  private static final int AHEAD = 200;

  /** Two that take at once ask again; so often one of them has gone first, and it is left. */
  private static final int TRIES = 8;

  private final SlotLedger ledger;
  private final PendingSnapshots pending;
  private final Clock clock;
  private final int limit;

  public TakeSlotsTask() {
    this(new AwsDependencies());
  }

  public TakeSlotsTask(TaskDependencies dependencies) {
    super(BackupInput.class);
    this.ledger = dependencies.ledger();
    this.pending = new Ec2PendingSnapshots(dependencies.ec2());
    this.clock = dependencies.clock();
    this.limit = dependencies.pendingSnapshots();
  }

  @Override
  protected String explain(BackupState.Slots slots) {
    return slots.words();
  }

  @Override
  protected BackupState.Slots handle(BackupInput order) {
    BackupState work = order.work();
    List<VolumeId> volumes =
        work.inspected()
            .volumes()
            .orElseThrow(() -> BackupState.missing("inspection.answer.volumes", "volumes"))
            .included();
    Optional<BackupState.Slots> before = work.slots().map(TaskResult::answer);
    if (volumes.size() > limit) {
      throw impossible(
          order,
          "the set has %d snapshots, and no more than %d may be pending in this account and Region at once: have the quota raised (Service Quotas, Amazon EBS) and say so in freezeframe:pendingSnapshots"
              .formatted(volumes.size(), limit));
    }
    if (work.attempt().overQuota() > before.map(BackupState.Slots::overQuota).orElse(0)) {
      return refused(order, volumes.size(), before);
    }
    Instant now = clock.instant();
    Optional<Instant> since = before.flatMap(BackupState.Slots::since);
    if (since.isPresent() && since.get().plus(MAX_WAIT).isBefore(now)) {
      throw impossible(
          order,
          "it has waited for %d slots of the quota of pending snapshots since %s: %s"
              .formatted(volumes.size(), since.get(), before.get().words()));
    }
    SlotOrder wanted =
        new SlotOrder(
            order.execution(),
            order.instanceId(),
            work.policy().name(),
            volumes,
            sharers(work),
            work.policy().pacing().setsPerSecond(),
            before.flatMap(BackupState.Slots::place));
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<BackupState.Slots> answer = ask(order, wanted, before);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return new BackupState.Slots(
        false,
        false,
        SlotPatience.MIN_WAIT.toSeconds(),
        wanted.place(),
        since.or(() -> Optional.of(now)),
        before.map(BackupState.Slots::servedThen).orElse(0L),
        before.map(BackupState.Slots::asked).orElse(0) + 1,
        work.attempt().overQuota(),
        "many take slots at this moment");
  }

  private static List<InstanceId> sharers(BackupState work) {
    return work.inspected()
        .volumes()
        .flatMap(VolumeSelection::elsewhere)
        .map(Map::values)
        .map(known -> known.stream().flatMap(List::stream).distinct().toList())
        .orElse(List.of());
  }

  /** Empty: another was faster, and all has to be read again. */
  private Optional<BackupState.Slots> ask(
      BackupInput order, SlotOrder wanted, Optional<BackupState.Slots> before) {
    SlotQueue queue = ledger.slotQueue();
    Instant now = clock.instant();
    List<SlotWait> first = ledger.firstSlotWaits(AHEAD);
    List<SlotWait> waits = alive(first, now);
    if (far(wanted, waits, now)) {
      return Optional.of(
          waiting(order, wanted, queue, waits, before, "others wait for their slots before it"));
    }
    List<SlotHold> holds = ledger.slotHolds();
    Optional<SlotHold> own =
        holds.stream().filter(hold -> hold.execution().equals(wanted.execution())).findFirst();
    SlotOrder placed =
        own.isPresent() && wanted.place().isEmpty() ? wanted.at(queue.served()) : wanted;
    Reconciled known = look(queue, holds, now);
    SlotFacts facts =
        new SlotFacts(
            queue,
            known.look(),
            known.holds(),
            waits,
            first.size() < AHEAD,
            slow(wanted, known.look()),
            limit);
    SlotDecision decision = SlotRules.decide(placed, facts, clock.instant());
    return switch (decision.kind()) {
      case TAKE -> take(order, wanted, decision, own, before);
      case WAIT -> wait(order, placed, decision, waits, own, before);
      case STAND_ASIDE -> Optional.of(standAside(order, placed, decision, waits, own, before));
    };
  }

  /**
   * More than a whole quota is to be served before it: nothing of the rest matters yet. Only those
   * that live count: places before it whose holders have died would never be served.
   */
  private boolean far(SlotOrder wanted, List<SlotWait> waits, Instant now) {
    return wanted.place().isPresent() && SlotRules.ahead(wanted, waits, now) > limit;
  }

  private Reconciled look(SlotQueue queue, List<SlotHold> holds, Instant now) {
    Optional<SlotLook> last = ledger.slotLook();
    boolean fresh =
        last.map(SlotLook::at)
            .filter(at -> at.plus(FRESH_LOOK).isAfter(now))
            .filter(at -> queue.refused().map(refused -> at.isAfter(refused.at())).orElse(true))
            .isPresent();
    if (fresh) {
      return new Reconciled(last.get(), holds, Map.of(), List.of());
    }
    Reconciled found = SlotRules.reconcile(now, last, pending.look(), holds);
    ledger.recordSlotLook(found.look());
    found.settled().forEach((hold, settled) -> ledger.giveSlotsBack(hold.execution(), settled));
    found.lapsed().forEach(hold -> ledger.giveSlotsBack(hold.execution()));
    return found;
  }

  /** Those that wait; the dead among them are taken out, so that they stand in nobody's way. */
  private List<SlotWait> alive(List<SlotWait> first, Instant now) {
    first.stream()
        .filter(wait -> !wait.livesAt(now))
        .forEach(dead -> ledger.removeSlotWait(dead.execution(), dead.place()));
    return first.stream().filter(wait -> wait.livesAt(now)).toList();
  }

  private Set<VolumeId> slow(SlotOrder wanted, SlotLook look) {
    Set<VolumeId> open = new TreeSet<>(wanted.volumes());
    open.retainAll(look.open().keySet());
    return open.isEmpty() ? Set.of() : pending.slow(open);
  }

  /** The slots first, then the queue: if another was faster, both are decided on again. */
  private Optional<BackupState.Slots> take(
      BackupInput order,
      SlotOrder wanted,
      SlotDecision decision,
      Optional<SlotHold> own,
      Optional<BackupState.Slots> before) {
    ledger.recordSlotHold(hold(order, wanted.slots()));
    if (!ledger.recordSlotQueue(decision.next())) {
      if (own.isEmpty()) {
        ledger.giveSlotsBack(order.execution());
      }
      return Optional.empty();
    }
    wanted.place().ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
    return Optional.of(taken(order, before, decision.words()));
  }

  private SlotHold hold(BackupInput order, int slots) {
    return SlotHold.of(
        order.execution(),
        order.instanceId(),
        order.attemptId(),
        slots,
        clock.instant().plus(HeldSlots.LEASE));
  }

  /** Who had to wait for long sees to the instance again, and then asks once more. */
  private BackupState.Slots taken(
      BackupInput order, Optional<BackupState.Slots> before, String words) {
    Instant now = clock.instant();
    boolean waitedLong =
        before
            .filter(last -> last.place().isPresent())
            .flatMap(BackupState.Slots::since)
            .map(since -> since.plus(FRESH_INSPECTION).isBefore(now))
            .orElse(false);
    return new BackupState.Slots(
        true,
        waitedLong,
        0,
        Optional.empty(),
        before.flatMap(BackupState.Slots::since),
        before.map(BackupState.Slots::servedThen).orElse(0L),
        before.map(BackupState.Slots::asked).orElse(0) + 1,
        order.work().attempt().overQuota(),
        words);
  }

  /** Its place first, then the queue: a place that is in the queue alone is nobody's any more. */
  private Optional<BackupState.Slots> wait(
      BackupInput order,
      SlotOrder placed,
      SlotDecision decision,
      List<SlotWait> waits,
      Optional<SlotHold> own,
      Optional<BackupState.Slots> before) {
    SlotQueue next = decision.next();
    boolean joins = placed.place().isEmpty();
    SlotOrder standing =
        joins ? placed.at(next.places().get(placed.policy()) - placed.slots()) : placed;
    BackupState.Slots answer = waiting(order, standing, next, waits, before, decision.words());
    if (joins && !ledger.recordSlotQueue(next)) {
      standing.place().ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
      return Optional.empty();
    }
    own.ifPresent(hold -> ledger.giveSlotsBack(hold.execution()));
    return Optional.of(answer);
  }

  private BackupState.Slots waiting(
      BackupInput order,
      SlotOrder standing,
      SlotQueue queue,
      List<SlotWait> waits,
      Optional<BackupState.Slots> before,
      String words) {
    Instant now = clock.instant();
    BackupState.Slots answer = patient(order, standing, queue, waits, before, words);
    ledger.recordSlotWait(
        new SlotWait(
            order.execution(),
            standing.place().orElseThrow(),
            standing.slots(),
            now.plusSeconds(answer.waitSeconds()).plus(GRACE)));
    return answer;
  }

  private BackupState.Slots patient(
      BackupInput order,
      SlotOrder standing,
      SlotQueue queue,
      List<SlotWait> waits,
      Optional<BackupState.Slots> before,
      String words) {
    Instant now = clock.instant();
    long place = standing.place().orElseThrow();
    Instant since = before.flatMap(BackupState.Slots::since).orElse(now);
    boolean first = before.flatMap(BackupState.Slots::place).isEmpty();
    long servedThen = first ? queue.served() : before.get().servedThen();
    int asked = before.map(BackupState.Slots::asked).orElse(0) + 1;
    Duration wait =
        new SlotPatience(ahead(standing, queue, waits, now), since, servedThen, asked)
            .next(queue, limit, now);
    return new BackupState.Slots(
        false,
        false,
        wait.toSeconds(),
        Optional.of(place),
        Optional.of(since),
        servedThen,
        asked,
        order.work().attempt().overQuota(),
        words);
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
  private BackupState.Slots standAside(
      BackupInput order,
      SlotOrder placed,
      SlotDecision decision,
      List<SlotWait> waits,
      Optional<SlotHold> own,
      Optional<BackupState.Slots> before) {
    own.ifPresent(hold -> ledger.giveSlotsBack(hold.execution()));
    placed.place().ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
    long place = placed.place().orElseGet(() -> decision.next().placeOf(placed.policy()));
    return patient(order, placed.at(place), decision.next(), waits, before, decision.words());
  }

  /** EC2 has refused the set: its slots go back, and it is the first to ask after a while. */
  private BackupState.Slots refused(
      BackupInput order, int slots, Optional<BackupState.Slots> before) {
    BackupState work = order.work();
    int times = work.attempt().overQuota();
    String words = work.createProblem().map(CaughtError::words).orElse("EC2 refused the set");
    if (times > MAX_REFUSALS || work.attempt().number() > MAX_ATTEMPTS) {
      throw impossible(order, "EC2 has refused %d sets that had slots: %s".formatted(times, words));
    }
    QuotaRefusal refusal = QuotaRefusal.in(words);
    ledger.giveSlotsBack(order.execution());
    int others = ledger.slotLook().map(SlotLook::others).orElse(0);
    SlotQueue queue = ledger.slotQueue();
    for (int tries = 0;
        tries < TRIES
            && !ledger.recordSlotQueue(queue.refused(refusal, slots, others, clock.instant()));
        tries++) {
      queue = ledger.slotQueue();
    }
    Instant now = clock.instant();
    return new BackupState.Slots(
        false,
        false,
        refusal.pause(times).toSeconds(),
        Optional.of(queue.served()),
        before.flatMap(BackupState.Slots::since).or(() -> Optional.of(now)),
        queue.served(),
        before.map(BackupState.Slots::asked).orElse(0) + 1,
        times,
        words);
  }

  private SlotsImpossibleException impossible(BackupInput order, String words) {
    ledger.giveSlotsBack(order.execution());
    order
        .work()
        .slots()
        .map(TaskResult::answer)
        .flatMap(BackupState.Slots::place)
        .ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
    return new SlotsImpossibleException(words);
  }
}
