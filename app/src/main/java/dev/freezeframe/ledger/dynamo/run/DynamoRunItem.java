package dev.freezeframe.ledger.dynamo.run;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.run.RunRow;
import dev.freezeframe.ledger.run.RunSummary;
import java.util.Optional;

/** A run as an item. */
final class DynamoRunItem {

  private DynamoRunItem() {}

  static DynamoAttributes item(RunRow row) {
    DynamoAttributes item =
        DynamoRunKey.run(row.run())
            .with("run", row.run().value())
            .with("policy", row.policy().value())
            .with("scheduledAt", row.scheduledAt())
            .with("execution", row.execution())
            .with("startedAt", row.startedAt())
            .with(DynamoRunKey.time(row));
    row.summary()
        .ifPresent(summary -> item.withMap("summary", figures(summary).with("at", summary.at())));
    return item;
  }

  static DynamoAttributes summary(RunSummary summary, String execution) {
    return figures(summary).with("at", summary.at()).with("by", execution);
  }

  /** Whether an execution recorded the summary of an item. */
  static boolean isSummedUpBy(String execution, DynamoAttributes item) {
    return item.has("summary") && item.map("summary").optional("by").equals(Optional.of(execution));
  }

  /** The contents of a summary, without its time and execution. */
  static DynamoAttributes figures(RunSummary summary) {
    return new DynamoAttributes()
        .with("succeeded", summary.succeeded())
        .with("failed", summary.failed())
        .with("skipped", summary.skipped())
        .with("application", summary.application())
        .with("crash", summary.crash())
        .with("unknown", summary.unknown())
        .with("sentence", summary.sentence());
  }

  static RunRow row(DynamoAttributes item) {
    return new RunRow(
        new RunId(item.text("run")),
        new PolicyName(item.text("policy")),
        item.instant("scheduledAt"),
        item.text("execution"),
        item.instant("startedAt"),
        item.has("summary") ? Optional.of(summary(item.map("summary"))) : Optional.empty());
  }

  private static RunSummary summary(DynamoAttributes map) {
    return new RunSummary(
        map.number("succeeded"),
        map.number("failed"),
        map.number("skipped"),
        map.number("application"),
        map.number("crash"),
        map.number("unknown"),
        map.text("sentence"),
        map.instant("at"));
  }
}
