package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.ledger.ExpiryLedger;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Which groups there are, and since when something may be due. */
interface DynamoGroups extends ExpiryLedger {
  String GROUPS = "groups";

  DynamoTable table();

  /** Records that there is a group. */
  static void record(DynamoTable table, GroupKey group) {
    table.putIfAbsent(DynamoAttributes.key(GROUPS, group.toString()));
  }

  @Override
  default List<GroupKey> groups(Optional<GroupKey> after, int most) {
    return table()
        .first(
            "#pk = :groups AND #sk > :after",
            new DynamoAttributes()
                .with("groups", GROUPS)
                .with("after", after.map(GroupKey::toString).orElse(" ")),
            most)
        .stream()
        .map(item -> GroupKey.parse(item.text(LedgerTable.SORT_KEY)))
        .toList();
  }

  @Override
  default Optional<LocalDate> dueFrom() {
    return table().find(cursor()).map(item -> LocalDate.parse(item.text("day")));
  }

  @Override
  default void beginDueFrom(LocalDate day) {
    table().putIfAbsent(cursor().with("day", day.toString()));
  }

  @Override
  default void recordDueFrom(LocalDate day, LocalDate today) {
    table()
        .put(
            cursor().with("day", day.toString()),
            "attribute_not_exists(#pk) OR #day < :day OR #day > :today",
            new DynamoAttributes().with("day", day.toString()).with("today", today.toString()));
  }

  private static DynamoAttributes cursor() {
    return DynamoAttributes.key("retention", "due-from");
  }
}
