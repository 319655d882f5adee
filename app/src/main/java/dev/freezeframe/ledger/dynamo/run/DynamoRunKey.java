package dev.freezeframe.ledger.dynamo.run;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.ledger.run.RunRow;

/**
 * The keys of what is known of a run: one partition a run, so that one query reads it.
 *
 * <p>Page numbers are padded, so that the order of the keys is theirs up to 99,999 pages. A freeze
 * is known by its attempt, not by its number: another execution of the same run counts from 1
 * again.
 */
final class DynamoRunKey {

  /** The group of all runs, in the index of groups: no policy's, whose keys have a {@code #}. */
  static final String ALL = "runs";

  /** The group of all stops that have not ended, in the same index. */
  static final String OPEN_STOPS = "stops";

  private static final String PREFIX = "run#";

  private DynamoRunKey() {}

  /** The keys by which a run is found by its time. */
  static DynamoAttributes time(RunRow row) {
    return new DynamoAttributes()
        .with("groupKey", ALL)
        .with("groupOrder", DynamoAttributes.iso(row.scheduledAt()) + "#" + row.run());
  }

  /** The run that a key, or an entry of an index, belongs to. */
  static RunId run(DynamoAttributes key) {
    return new RunId(key.text(LedgerTable.PARTITION_KEY).substring(PREFIX.length()));
  }

  static DynamoAttributes run(RunId run) {
    return key(run, "run");
  }

  static DynamoAttributes page(RunId run, int page) {
    return key(run, "page#%05d".formatted(page));
  }

  static DynamoAttributes freeze(RunId run, InstanceId instance, AttemptId attempt) {
    return key(run, freezes(instance) + attempt);
  }

  static DynamoAttributes stop(RunId run, InstanceId instance, AttemptId attempt) {
    return key(run, stops(instance) + attempt);
  }

  static DynamoAttributes outcome(RunId run, InstanceId instance) {
    return key(run, "instance#%s#outcome".formatted(instance));
  }

  /** The prefix of the sort keys of all freezes of an instance. */
  static String freezes(InstanceId instance) {
    return "instance#%s#freeze#".formatted(instance);
  }

  /** The prefix of the sort keys of all stops of an instance. */
  static String stops(InstanceId instance) {
    return "instance#%s#stop#".formatted(instance);
  }

  static String partition(RunId run) {
    return PREFIX + run;
  }

  static boolean isRun(DynamoAttributes item) {
    return sortKey(item).equals("run");
  }

  static boolean isPage(DynamoAttributes item) {
    return sortKey(item).startsWith("page#");
  }

  static boolean isFreeze(DynamoAttributes item) {
    return sortKey(item).contains("#freeze#");
  }

  static boolean isStop(DynamoAttributes item) {
    return sortKey(item).contains("#stop#");
  }

  static boolean isOutcome(DynamoAttributes item) {
    return sortKey(item).endsWith("#outcome");
  }

  private static String sortKey(DynamoAttributes item) {
    return item.text(LedgerTable.SORT_KEY);
  }

  private static DynamoAttributes key(RunId run, String sortKey) {
    return DynamoAttributes.key(partition(run), sortKey);
  }
}
