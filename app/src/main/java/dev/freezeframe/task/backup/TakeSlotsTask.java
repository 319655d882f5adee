package dev.freezeframe.task.backup;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.inventory.VolumeSelection;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.slot.Ec2PendingSnapshots;
import dev.freezeframe.slot.PendingSnapshots;
import dev.freezeframe.slot.QuotaRefusal;
import dev.freezeframe.slot.SlotLook;
import dev.freezeframe.slot.SlotOrder;
import dev.freezeframe.slot.SlotPatience;
import dev.freezeframe.slot.SlotQueue;
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

  /** Two that take at once ask again; so often one of them has gone first, and it is left. */
  private static final int TRIES = 8;

  private final Ledger ledger;
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
          "it has waited for %s since %s: %s"
              .formatted(
                  volumes.size() == 1 ? "a slot" : volumes.size() + " slots",
                  since.get(),
                  before.get().words()));
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
    SlotQuestion question = new SlotQuestion(ledger, pending, clock, limit, order, wanted, before);
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<BackupState.Slots> answer = question.ask();
      if (answer.isPresent()) {
        return unlessRestored(order, unlessRefused(answer.get(), before));
      }
    }
    return BackupState.Slots.waiting(
        SlotPatience.MIN_WAIT,
        wanted.place(),
        since.orElse(now),
        before.map(BackupState.Slots::servedThen).orElse(0L),
        before,
        work.attempt().overQuota(),
        "many take slots at this moment");
  }

  /**
   * A set that EC2 refused though it had its slots may have become larger: somebody attached a
   * volume. Its instance is inspected again once it has slots, or it would be refused each time.
   */
  private static BackupState.Slots unlessRefused(
      BackupState.Slots answer, Optional<BackupState.Slots> before) {
    boolean refused = before.filter(last -> !last.taken() && last.overQuota() > 0).isPresent();
    return answer.taken() && refused
        ? answer.inspectedAgain("EC2 refused its set, which may have more volumes by now")
        : answer;
  }

  /** After the slots are on record: a restore takes its lease before it looks for slots. */
  private BackupState.Slots unlessRestored(BackupInput order, BackupState.Slots answer) {
    return answer.taken()
        ? ledger
            .instanceLease(order.instanceId(), clock.instant())
            .map(restore -> answer.inspectedAgain("it is being restored by " + restore))
            .orElse(answer)
        : answer;
  }

  private static List<InstanceId> sharers(BackupState work) {
    return work.inspected()
        .volumes()
        .flatMap(VolumeSelection::elsewhere)
        .map(Map::values)
        .map(known -> known.stream().flatMap(List::stream).distinct().toList())
        .orElse(List.of());
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
    ledger.giveSlotsBack(order.holder());
    int others = ledger.slotLook().map(SlotLook::others).orElse(0);
    SlotQueue queue = ledger.slotQueue();
    for (int tries = 0;
        tries < TRIES
            && !ledger.recordSlotQueue(queue.refused(refusal, slots, others, clock.instant()));
        tries++) {
      queue = ledger.slotQueue();
    }
    Instant now = clock.instant();
    return BackupState.Slots.waiting(
        refusal.pause(times),
        Optional.of(queue.served()),
        before.flatMap(BackupState.Slots::since).orElse(now),
        queue.served(),
        before,
        times,
        words);
  }

  private SlotsImpossibleException impossible(BackupInput order, String words) {
    ledger.giveSlotsBack(order.holder());
    order
        .work()
        .slots()
        .map(TaskResult::answer)
        .flatMap(BackupState.Slots::place)
        .ifPresent(place -> ledger.removeSlotWait(order.execution(), place));
    return new SlotsImpossibleException(words);
  }
}
