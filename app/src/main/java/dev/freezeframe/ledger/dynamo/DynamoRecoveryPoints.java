package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.common.PolicyName;
import dev.freezeframe.ledger.RecoveryPoints;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.DynamoTable;
import java.time.Instant;
import java.util.Optional;

/** Two items for each policy: its newest recovery point, and the last look after it. */
interface DynamoRecoveryPoints extends RecoveryPoints {
  DynamoTable table();

  @Override
  default void recordRecoveryPoint(PolicyName policy, Instant pointInTime) {
    table()
        .put(
            key(policy, "newest").with("pointInTime", pointInTime),
            "attribute_not_exists(#pk) OR #pointInTime < :pointInTime",
            new DynamoAttributes().with("pointInTime", pointInTime));
  }

  @Override
  default Optional<Instant> newestRecoveryPoint(PolicyName policy) {
    return table().find(key(policy, "newest")).map(item -> item.instant("pointInTime"));
  }

  @Override
  default void recordWatch(PolicyName policy, Watch watch) {
    table()
        .put(
            key(policy, "watch").with("since", watch.since()).with("at", watch.at()),
            "attribute_not_exists(#pk) OR #at < :at",
            new DynamoAttributes().with("at", watch.at()));
  }

  @Override
  default Optional<Watch> lastWatch(PolicyName policy) {
    return table()
        .find(key(policy, "watch"))
        .map(item -> new Watch(item.instant("since"), item.instant("at")));
  }

  private static DynamoAttributes key(PolicyName policy, String what) {
    return DynamoAttributes.key("policy#" + policy, what);
  }
}
