package dev.freezeframe.ledger;

import dev.freezeframe.policy.RunId;
import dev.freezeframe.target.InstanceId;

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
        .withMaps("unfit", row.unfit().stream().map(DynamoPageItem::unfit).toList())
        .with("last", row.last());
  }

  static PageRow row(DynamoAttributes item) {
    return new PageRow(
        new RunId(item.text("run")),
        item.number("page"),
        item.texts("selected").stream().map(InstanceId::new).toList(),
        item.maps("unfit").stream().map(DynamoPageItem::unfit).toList(),
        item.flag("last"));
  }

  private static DynamoAttributes unfit(PageRow.Unfit unfit) {
    return new DynamoAttributes()
        .with("instanceId", unfit.instance().value())
        .with("reason", unfit.reason());
  }

  private static PageRow.Unfit unfit(DynamoAttributes map) {
    return new PageRow.Unfit(new InstanceId(map.text("instanceId")), map.text("reason"));
  }
}
