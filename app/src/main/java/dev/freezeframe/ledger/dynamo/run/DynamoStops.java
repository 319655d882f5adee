package dev.freezeframe.ledger.dynamo.run;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.stop.StopLedger;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.stop.StopTurns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stops: an item for each in the partition of its run, which is in the index of groups as long as
 * it is open; and one for each group in a partition of turns.
 */
public interface DynamoStops extends StopLedger {
  String TURNS = "turns";

  /** Nobody of a group waits or is stopped as long. */
  Duration KEPT_TURNS = Duration.ofDays(30);

  DynamoTable table();

  @Override
  default boolean recordStop(StopRow stop) {
    return table().putIfAbsent(DynamoStopItem.item(stop)).made();
  }

  @Override
  default void recordStopped(RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    recordOnce(run, instance, attempt, "stoppedAt", at);
  }

  @Override
  default void recordForced(RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    recordOnce(run, instance, attempt, "forcedAt", at);
  }

  @Override
  default void recordStarting(RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    recordOnce(run, instance, attempt, "startingAt", at);
  }

  @Override
  default void recordStartOrdered(RunId run, InstanceId instance, AttemptId attempt, Instant at) {
    recordOnce(run, instance, attempt, "startOrderedAt", at);
  }

  @Override
  default void recordStartTried(
      RunId run, InstanceId instance, AttemptId attempt, StopRow.Tries tries) {
    table()
        .update(
            DynamoRunKey.stop(run, instance, attempt),
            new DynamoUpdate(
                "SET #startTries = :tries",
                "attribute_exists(#pk)",
                new DynamoAttributes().withMap("tries", DynamoStopItem.tries(tries))));
  }

  private void recordOnce(
      RunId run, InstanceId instance, AttemptId attempt, String what, Instant at) {
    table()
        .update(
            DynamoRunKey.stop(run, instance, attempt),
            new DynamoUpdate(
                "SET #%s = :at".formatted(what),
                "attribute_exists(#pk) AND attribute_not_exists(#%s)".formatted(what),
                new DynamoAttributes().with("at", at)));
  }

  @Override
  default void recordStopEnded(
      RunId run, InstanceId instance, AttemptId attempt, StopRow.Ended ended) {
    table()
        .update(
            DynamoRunKey.stop(run, instance, attempt),
            new DynamoUpdate(
                "SET #ended = :ended REMOVE #groupKey, #groupOrder",
                "attribute_exists(#pk) AND attribute_not_exists(#ended)",
                new DynamoAttributes().withMap("ended", DynamoStopItem.ended(ended))));
  }

  @Override
  default List<StopRow> stops(RunId run, InstanceId instance) {
    return table()
        .query(
            "#pk = :run AND begins_with(#sk, :stops)",
            new DynamoAttributes()
                .with("run", DynamoRunKey.partition(run))
                .with("stops", DynamoRunKey.stops(instance)))
        .stream()
        .map(DynamoStopItem::row)
        .sorted(comparing(StopRow::orderedAt).thenComparing(StopRow::attempt))
        .toList();
  }

  /** The index may show one that has just ended; the row itself says so. */
  @Override
  default List<StopRow> openStops() {
    return table()
        .queryItems(
            LedgerTable.GROUP,
            "#groupKey = :stops",
            new DynamoAttributes().with("stops", DynamoRunKey.OPEN_STOPS))
        .stream()
        .map(DynamoStopItem::row)
        .filter(StopRow::open)
        .sorted(comparing(StopRow::orderedAt).thenComparing(StopRow::attempt))
        .toList();
  }

  @Override
  default StopTurns stopTurns(PolicyName policy, String group) {
    return table()
        .find(turnsKey(policy, group))
        .map(item -> turns(policy, group, item))
        .orElseGet(() -> StopTurns.none(policy, group));
  }

  @Override
  default boolean recordStopTurns(StopTurns next) {
    DynamoAttributes holders = new DynamoAttributes();
    next.holders().forEach((execution, until) -> holders.with(execution, until));
    DynamoAttributes waiters = new DynamoAttributes();
    next.waiters()
        .forEach(
            (execution, waiter) ->
                waiters.withMap(
                    execution,
                    new DynamoAttributes()
                        .with("order", waiter.order())
                        .with("since", waiter.since())
                        .with("until", waiter.until())));
    return table()
        .put(
            turnsKey(next.policy(), next.group())
                .with("version", next.version())
                .withMap("holders", holders)
                .withMap("waiters", waiters)
                .with(LedgerTable.TIME_TO_LIVE, next.newest().plus(KEPT_TURNS).getEpochSecond()),
            next.version() == 1
                ? "attribute_not_exists(#pk) OR #version = :before"
                : "#version = :before",
            new DynamoAttributes().with("before", next.version() - 1))
        .made();
  }

  private static StopTurns turns(PolicyName policy, String group, DynamoAttributes item) {
    SortedMap<String, Instant> holders = new TreeMap<>();
    DynamoAttributes held = item.map("holders");
    held.asMap().keySet().forEach(execution -> holders.put(execution, held.instant(execution)));
    SortedMap<String, StopTurns.Waiter> waiters = new TreeMap<>();
    DynamoAttributes waiting = item.map("waiters");
    waiting
        .asMap()
        .keySet()
        .forEach(
            execution -> {
              DynamoAttributes waiter = waiting.map(execution);
              waiters.put(
                  execution,
                  new StopTurns.Waiter(
                      waiter.millis("order"), waiter.instant("since"), waiter.instant("until")));
            });
    return new StopTurns(policy, group, item.millis("version"), holders, waiters);
  }

  private static DynamoAttributes turnsKey(PolicyName policy, String group) {
    return DynamoAttributes.key(TURNS, "%s#%s".formatted(policy, group));
  }
}
