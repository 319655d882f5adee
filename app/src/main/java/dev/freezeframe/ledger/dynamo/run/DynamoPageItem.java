package dev.freezeframe.ledger.dynamo.run;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.run.PageRow;

/**
 * A page of targets as an item. One of 500 instances that all match and can't be backed up, with a
 * reason of 200 characters each, is a third of the 400 KB that DynamoDB allows.
 */
final class DynamoPageItem {

  private DynamoPageItem() {}

  static DynamoAttributes item(PageRow row) {
    return DynamoRunKey.page(row.run(), row.page())
        .with("run", row.run().value())
        .with("page", row.page())
        .with("selected", row.selected().stream().map(InstanceId::value).toList())
        .withMaps("invalid", row.invalid().stream().map(DynamoPageItem::invalid).toList())
        .with("last", row.last());
  }

  static PageRow row(DynamoAttributes item) {
    return new PageRow(
        new RunId(item.text("run")),
        item.number("page"),
        item.texts("selected").stream().map(InstanceId::new).toList(),
        item.maps("invalid").stream().map(DynamoPageItem::invalid).toList(),
        item.flag("last"));
  }

  private static DynamoAttributes invalid(PageRow.Invalid invalid) {
    return new DynamoAttributes()
        .with("instanceId", invalid.instance().value())
        .with("reason", invalid.reason());
  }

  private static PageRow.Invalid invalid(DynamoAttributes map) {
    return new PageRow.Invalid(new InstanceId(map.text("instanceId")), map.text("reason"));
  }
}
