package dev.freezeframe.ledger.dynamo;

import static java.util.stream.Collectors.toMap;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.slot.OpenSnapshots;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.slot.SlotHolder;
import dev.freezeframe.slot.SlotLedger;
import dev.freezeframe.slot.SlotLook;
import dev.freezeframe.slot.SlotQueue;
import dev.freezeframe.slot.SlotWait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Slots: one partition with the queue, the newest look, an item for each execution that holds slots
 * and one for each that waits.
 */
interface DynamoSlots extends SlotLedger {
  String SLOTS = "slots";
  String HOLD = "hold#";
  String WAIT = "wait#";

  /** What nobody has removed by then is of no use to anybody. */
  Duration KEPT = Duration.ofDays(7);

  DynamoTable table();

  @Override
  default SlotQueue slotQueue() {
    return table().find(key("queue")).map(DynamoSlots::queue).orElseGet(SlotQueue::empty);
  }

  @Override
  default boolean recordSlotQueue(SlotQueue next) {
    DynamoAttributes item =
        key("queue")
            .with("version", next.version())
            .with("taken", next.everTaken())
            .with("served", next.served())
            .with("movedAt", next.movedAt())
            .with("pausedUntil", next.pausedUntil())
            .with("callsLeft", next.rate().thousandths())
            .with("callsAt", next.rate().at());
    DynamoAttributes places = new DynamoAttributes();
    next.places().forEach((policy, place) -> places.with(policy.value(), place));
    item.withMap("places", places);
    next.refused()
        .ifPresent(
            refused ->
                item.with("refused", refused.slots())
                    .with("refusedOthers", refused.others())
                    .with("refusedAt", refused.at()));
    next.lowered()
        .ifPresent(
            lowered -> item.with("lowered", lowered.limit()).with("loweredUntil", lowered.until()));
    return table()
        .put(
            item,
            next.version() == 1
                ? "attribute_not_exists(#pk) OR #version = :before"
                : "#version = :before",
            new DynamoAttributes().with("before", next.version() - 1))
        .made();
  }

  private static SlotQueue queue(DynamoAttributes item) {
    SortedMap<PolicyName, Long> places = new TreeMap<>();
    DynamoAttributes kept = item.map("places");
    kept.asMap()
        .keySet()
        .forEach(policy -> places.put(new PolicyName(policy), kept.millis(policy)));
    return new SlotQueue(
        item.millis("version"),
        item.has("taken") ? item.millis("taken") : 0,
        item.millis("served"),
        item.instant("movedAt"),
        places,
        item.instant("pausedUntil"),
        item.optional("refusedAt", Instant::parse)
            .map(
                at ->
                    new SlotQueue.Refused(
                        item.number("refused"),
                        item.has("refusedOthers") ? item.number("refusedOthers") : 0,
                        at)),
        item.optional("loweredUntil", Instant::parse)
            .map(until -> new SlotQueue.Lowered(item.number("lowered"), until)),
        new SlotQueue.Rate(item.millis("callsLeft"), item.instant("callsAt")));
  }

  @Override
  default Optional<SlotLook> slotLook() {
    return table()
        .find(key("look"))
        .map(
            item ->
                new SlotLook(
                    item.instant("at"),
                    item.number("pending"),
                    item.number("others"),
                    peak(item),
                    item.has("held")
                        ? new OpenSnapshots(item.text("open"))
                        : open(item.map("open")),
                    item.has("held")
                        ? new SlotLook.Held(item.number("held"), item.millis("taken"))
                        : SlotLook.Held.UNKNOWN));
  }

  /** A look that was recorded before peaks were is the most that is known. */
  private static SlotLook.Peak peak(DynamoAttributes item) {
    return item.has("peak")
        ? new SlotLook.Peak(item.number("peak"), item.instant("peakAt"))
        : new SlotLook.Peak(item.number("others"), item.instant("at"));
  }

  /** Of a look that was recorded before they were a text. */
  private static OpenSnapshots open(DynamoAttributes counts) {
    return OpenSnapshots.of(
        counts.asMap().keySet().stream().collect(toMap(VolumeId::new, counts::number)));
  }

  @Override
  default void recordSlotLook(SlotLook look) {
    table()
        .put(
            key("look")
                .with("at", look.at())
                .with("pending", look.pending())
                .with("others", look.others())
                .with("peak", look.peak().others())
                .with("peakAt", look.peak().at())
                .with("open", look.open().text())
                .with("held", look.held().slots())
                .with("taken", look.held().taken()),
            "attribute_not_exists(#pk) OR #at < :at",
            new DynamoAttributes().with("at", look.at()));
  }

  @Override
  default List<SlotHold> slotHolds() {
    return holds(HOLD + "i-"); // Those of versions before have no instance in their keys.
  }

  @Override
  default List<SlotHold> slotHolds(InstanceId instance) {
    return holds(holdsOf(instance));
  }

  private List<SlotHold> holds(String prefix) {
    return table()
        .query(
            "#pk = :slots AND begins_with(#sk, :hold)",
            new DynamoAttributes().with("slots", SLOTS).with("hold", prefix))
        .stream()
        .map(DynamoSlots::hold)
        .toList();
  }

  @Override
  default Optional<SlotHold> slotHold(SlotHolder holder) {
    return table().find(holdKey(holder)).map(DynamoSlots::hold);
  }

  @Override
  default void recordSlotHold(SlotHold hold) {
    table()
        .replace(
            holdKey(hold.holder())
                .with("attempt", hold.attempt().value())
                .with("slots", hold.slots())
                .with("until", hold.until())
                .with(LedgerTable.TIME_TO_LIVE, hold.until().plus(KEPT).getEpochSecond()));
  }

  @Override
  default void recordSlotSnapshots(SlotHolder holder, Set<SnapshotId> set, Instant at) {
    table()
        .update(
            holdKey(holder),
            new DynamoUpdate(
                "SET #recordedAt = :at, #pending = :pending",
                "attribute_exists(#pk) AND attribute_not_exists(#recordedAt)",
                new DynamoAttributes().with("at", at).withTextSet("pending", ids(set))));
  }

  @Override
  default void giveSlotsBack(SlotHolder holder, Set<SnapshotId> settled) {
    if (settled.isEmpty()) {
      return;
    }
    table()
        .update(
            holdKey(holder),
            new DynamoUpdate(
                "DELETE #pending :settled",
                "attribute_exists(#pk)",
                new DynamoAttributes().withTextSet("settled", ids(settled))));
  }

  @Override
  default void giveSlotsBack(SlotHolder holder) {
    table().delete(holdKey(holder), "attribute_exists(#pk)", new DynamoAttributes());
  }

  @Override
  default void lapseSlots(SlotHolder holder, Instant until) {
    table()
        .update(
            holdKey(holder),
            new DynamoUpdate(
                "SET #until = :until",
                "attribute_exists(#pk) AND attribute_not_exists(#recordedAt) AND #until > :until",
                new DynamoAttributes().with("until", until)));
  }

  private static SlotHold hold(DynamoAttributes item) {
    TreeSet<SnapshotId> pending = new TreeSet<>();
    item.textSet("pending").forEach(id -> pending.add(new SnapshotId(id)));
    String[] parts = item.text(LedgerTable.SORT_KEY).split("#", 3);
    return new SlotHold(
        parts[2],
        new InstanceId(parts[1]),
        new AttemptId(item.text("attempt")),
        item.number("slots"),
        item.instant("until"),
        item.optional("recordedAt", Instant::parse),
        pending);
  }

  @Override
  default List<SlotWait> firstSlotWaits(int most) {
    return table()
        .first(
            "#pk = :slots AND begins_with(#sk, :wait)",
            new DynamoAttributes().with("slots", SLOTS).with("wait", WAIT),
            most)
        .stream()
        .map(DynamoSlots::wait)
        .toList();
  }

  @Override
  default void recordSlotWait(SlotWait wait) {
    table()
        .put(
            waitKey(wait.execution(), wait.place())
                .with("slots", wait.slots())
                .with("until", wait.until())
                .with(LedgerTable.TIME_TO_LIVE, wait.until().plus(KEPT).getEpochSecond()),
            "attribute_not_exists(#pk) OR #until < :until",
            new DynamoAttributes().with("until", wait.until()));
  }

  @Override
  default void removeSlotWait(String execution, long place) {
    table().delete(waitKey(execution, place), "attribute_exists(#pk)", new DynamoAttributes());
  }

  private static SlotWait wait(DynamoAttributes item) {
    String[] parts = item.text(LedgerTable.SORT_KEY).split("#", 3);
    return new SlotWait(
        parts[2], Long.parseLong(parts[1]), item.number("slots"), item.instant("until"));
  }

  private static List<String> ids(Set<SnapshotId> snapshots) {
    return snapshots.stream().map(SnapshotId::value).toList();
  }

  private static DynamoAttributes key(String what) {
    return DynamoAttributes.key(SLOTS, what);
  }

  private static DynamoAttributes holdKey(SlotHolder holder) {
    return key(holdsOf(holder.instance()) + holder.execution());
  }

  private static String holdsOf(InstanceId instance) {
    return HOLD + instance.value() + "#";
  }

  private static DynamoAttributes waitKey(String execution, long place) {
    return key("%s%018d#%s".formatted(WAIT, place, execution));
  }
}
