package dev.freezeframe.ledger.dynamo.run;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.run.FreezeRow;

/**
 * An attempt that freezes as an item. Its thaws are a map by time and task, so that two tasks can
 * add theirs at once.
 */
final class DynamoFreezeItem {

  private DynamoFreezeItem() {}

  static DynamoAttributes item(FreezeRow row) {
    DynamoAttributes thaws = new DynamoAttributes();
    row.thaws().forEach(thaw -> thaws.withMap(thawKey(thaw), thaw(thaw)));
    DynamoAttributes item =
        DynamoRunKey.freeze(row.run(), row.instance(), row.attempt())
            .with("run", row.run().value())
            .with("instanceId", row.instance().value())
            .with("number", row.number())
            .with("attempt", row.attempt().value())
            .with("execution", row.execution())
            .withMap("document", document(row.document()))
            .with("timeoutSeconds", row.timeoutSeconds())
            .with("orderedAt", row.orderedAt())
            .withMap("thaws", thaws);
    if (row.redrives() > 0) {
      item.with("redrives", row.redrives());
    }
    return row.thawFollows() ? item : item.with("thawFollows", false);
  }

  static String thawKey(FreezeRow.Thaw thaw) {
    return DynamoAttributes.iso(thaw.sentAt()) + "|" + thaw.by();
  }

  static DynamoAttributes thaw(FreezeRow.Thaw thaw) {
    return new DynamoAttributes()
        .with("sentAt", thaw.sentAt())
        .with("by", thaw.by())
        .with("answer", thaw.answer())
        .with("proved", thaw.proved());
  }

  static FreezeRow row(DynamoAttributes item) {
    return new FreezeRow(
        new RunId(item.text("run")),
        new InstanceId(item.text("instanceId")),
        item.number("number"),
        new AttemptId(item.text("attempt")),
        item.text("execution"),
        item.has("redrives") ? item.number("redrives") : 0,
        document(item.map("document")),
        item.number("timeoutSeconds"),
        item.instant("orderedAt"),
        !item.has("thawFollows"),
        item.map("thaws").allMaps().stream().map(DynamoFreezeItem::thaw).toList());
  }

  private static DynamoAttributes document(DocumentVersion document) {
    return new DynamoAttributes()
        .with("name", document.name())
        .with("version", document.version())
        .with("sha256", document.sha256())
        .with("stamps", document.stamps());
  }

  private static DocumentVersion document(DynamoAttributes map) {
    return new DocumentVersion(
        map.text("name"),
        map.text("version"),
        map.text("sha256"),
        !map.has("stamps") || map.flag("stamps"));
  }

  private static FreezeRow.Thaw thaw(DynamoAttributes map) {
    return new FreezeRow.Thaw(
        map.instant("sentAt"), map.text("by"), map.text("answer"), map.flag("proved"));
  }
}
