package dev.freezeframe.ledger.dynamo.run;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.stop.StopRow;
import java.time.Instant;
import java.util.Optional;

/** A stop as an item, which is in the index of groups until it has ended. */
final class DynamoStopItem {

  private DynamoStopItem() {}

  static DynamoAttributes item(StopRow row) {
    DynamoAttributes item =
        DynamoRunKey.stop(row.run(), row.instance(), row.attempt())
            .with("run", row.run().value())
            .with("instanceId", row.instance().value())
            .with("attempt", row.attempt().value())
            .with("execution", row.execution())
            .with("redrives", row.redrives())
            .with("stopGroup", row.group())
            .with("orderedAt", row.orderedAt())
            .with("startBy", row.startBy());
    row.launchedAt().ifPresent(at -> item.with("launchedAt", at));
    row.stoppedAt().ifPresent(at -> item.with("stoppedAt", at));
    row.forcedAt().ifPresent(at -> item.with("forcedAt", at));
    row.startingAt().ifPresent(at -> item.with("startingAt", at));
    row.startOrderedAt().ifPresent(at -> item.with("startOrderedAt", at));
    row.tries().ifPresent(tries -> item.withMap("startTries", tries(tries)));
    row.ended().ifPresent(ended -> item.withMap("ended", ended(ended)));
    return row.open()
        ? item.with("groupKey", DynamoRunKey.OPEN_STOPS)
            .with("groupOrder", DynamoAttributes.iso(row.orderedAt()) + "#" + row.attempt())
        : item;
  }

  static DynamoAttributes tries(StopRow.Tries tries) {
    return new DynamoAttributes().with("number", tries.number()).with("last", tries.last());
  }

  static DynamoAttributes ended(StopRow.Ended ended) {
    return new DynamoAttributes()
        .with("at", ended.at())
        .with("by", ended.by())
        .with("words", ended.words());
  }

  static StopRow row(DynamoAttributes item) {
    return new StopRow(
        new RunId(item.text("run")),
        new InstanceId(item.text("instanceId")),
        new AttemptId(item.text("attempt")),
        item.text("execution"),
        item.number("redrives"),
        item.text("stopGroup"),
        item.instant("orderedAt"),
        item.optional("launchedAt", Instant::parse),
        item.instant("startBy"),
        item.optional("stoppedAt", Instant::parse),
        item.optional("forcedAt", Instant::parse),
        item.optional("startingAt", Instant::parse),
        item.optional("startOrderedAt", Instant::parse),
        item.has("startTries") ? Optional.of(triesOf(item.map("startTries"))) : Optional.empty(),
        item.has("ended") ? Optional.of(ended(item)) : Optional.empty());
  }

  private static StopRow.Tries triesOf(DynamoAttributes tries) {
    return new StopRow.Tries(tries.number("number"), tries.instant("last"));
  }

  private static StopRow.Ended ended(DynamoAttributes item) {
    DynamoAttributes ended = item.map("ended");
    return new StopRow.Ended(ended.instant("at"), ended.text("by"), ended.text("words"));
  }
}
