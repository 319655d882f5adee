package dev.freezeframe.ledger.dynamo.run;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.run.OutcomeRow;
import java.time.Duration;
import java.util.Optional;

/** How an instance's backup ended, as an item. */
final class DynamoOutcomeItem {

  private DynamoOutcomeItem() {}

  static DynamoAttributes item(OutcomeRow row) {
    DynamoAttributes item =
        DynamoRunKey.outcome(row.run(), row.instance())
            .with("run", row.run().value())
            .with("instanceId", row.instance().value())
            .with("execution", row.execution())
            .with("status", row.status().name())
            .withOptional("consistency", row.consistency().map(Consistency::name))
            .withOptional("proof", row.proof().map(Proof::name))
            .with("reason", row.reason())
            .withOptional("attempt", row.attempt().map(AttemptId::value))
            .withOptional("preScript", row.preScript())
            .withOptional("postScript", row.postScript())
            .with("attempts", row.attempts())
            .with("snapshots", row.snapshots().stream().map(SnapshotId::value).toList())
            .with("at", row.at());
    row.frozen().ifPresent(time -> item.with("frozenMillis", time.toMillis()));
    return item;
  }

  static OutcomeRow row(DynamoAttributes item) {
    return new OutcomeRow(
        new RunId(item.text("run")),
        new InstanceId(item.text("instanceId")),
        item.text("execution"),
        OutcomeRow.Status.valueOf(item.text("status")),
        item.optional("consistency", Consistency::valueOf),
        item.optional("proof", Proof::valueOf),
        item.text("reason"),
        item.optional("attempt", AttemptId::new),
        item.optional("preScript"),
        item.optional("postScript"),
        item.number("attempts"),
        item.has("frozenMillis")
            ? Optional.of(Duration.ofMillis(item.millis("frozenMillis")))
            : Optional.empty(),
        item.texts("snapshots").stream().map(SnapshotId::new).toList(),
        item.instant("at"));
  }
}
