package dev.freezeframe.ledger.dynamo;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.DynamoUpdate;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.restore.FactsLedger;
import dev.freezeframe.restore.InspectedInstance;
import dev.freezeframe.restore.RestoreFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What restores have to know: an item for each inspection, and one for each set. Both hold it as
 * JSON: nobody asks for one setting alone.
 */
interface DynamoFacts extends FactsLedger {
  /** An execution can be redriven for 14 days, and a reconcile comes after that at the latest. */
  Duration KEPT_INSPECTION = Duration.ofDays(30);

  DynamoTable table();

  @Override
  default void recordInspection(InspectedInstance inspected) {
    table()
        .put(
            inspectionKey(inspected.run(), inspected.instance())
                .with("at", inspected.at())
                .withJson("inspected", inspected)
                .with(
                    LedgerTable.TIME_TO_LIVE,
                    inspected.at().plus(KEPT_INSPECTION).getEpochSecond()),
            "attribute_not_exists(#pk) OR #at <= :at",
            new DynamoAttributes().with("at", inspected.at()));
  }

  @Override
  default Optional<InspectedInstance> inspection(RunId run, InstanceId instance) {
    return table()
        .find(inspectionKey(run, instance))
        .map(item -> item.json("inspected", InspectedInstance.class));
  }

  @Override
  default void recordFacts(RestoreFacts facts) {
    table()
        .putIfAbsent(
            factsKey(facts.set())
                .with("instanceId", facts.instance().value())
                .with("recordedAt", facts.recordedAt())
                .withJson("facts", facts));
  }

  @Override
  default Optional<RestoreFacts> facts(AttemptId set) {
    return table().find(factsKey(set)).map(item -> item.json("facts", RestoreFacts.class));
  }

  @Override
  default List<RestoreFacts> facts(Collection<AttemptId> sets) {
    return table().findAll(sets.stream().distinct().map(DynamoFacts::factsKey).toList()).stream()
        .map(item -> item.json("facts", RestoreFacts.class))
        .sorted(comparing(RestoreFacts::set))
        .toList();
  }

  @Override
  default void recordFactsExpiry(AttemptId set, Instant deletedAt) {
    table()
        .update(
            factsKey(set),
            new DynamoUpdate(
                "SET #ttl = :ttl",
                "attribute_exists(#pk)",
                new DynamoAttributes()
                    .with("ttl", deletedAt.plus(DynamoHistoryItem.ROWS_OUTLIVE).getEpochSecond())));
  }

  private static DynamoAttributes inspectionKey(RunId run, InstanceId instance) {
    return DynamoAttributes.key("inspection#%s#%s".formatted(run, instance), "inspection");
  }

  private static DynamoAttributes factsKey(AttemptId set) {
    return DynamoAttributes.key("facts#" + set, "facts");
  }
}
