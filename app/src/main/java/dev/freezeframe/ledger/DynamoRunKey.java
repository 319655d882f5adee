package dev.freezeframe.ledger;

import dev.freezeframe.policy.RunId;
import dev.freezeframe.target.InstanceId;

/**
 * The keys of what is known of a run: one partition a run, so that one query reads it.
 *
 * <p>Numbers are padded, so that the order of the keys is theirs up to 99,999 pages and 99
 * attempts.
 */
final class DynamoRunKey {

  private DynamoRunKey() {}

  static DynamoAttributes run(RunId run) {
    return key(run, "run");
  }

  static DynamoAttributes page(RunId run, int page) {
    return key(run, "page#%05d".formatted(page));
  }

  static DynamoAttributes freeze(RunId run, InstanceId instance, int number) {
    return key(run, "%s%02d".formatted(freezes(instance), number));
  }

  static DynamoAttributes outcome(RunId run, InstanceId instance) {
    return key(run, "instance#%s#outcome".formatted(instance));
  }

  /** What the sort keys of all freezes of an instance begin with. */
  static String freezes(InstanceId instance) {
    return "instance#%s#freeze#".formatted(instance);
  }

  static String partition(RunId run) {
    return "run#" + run;
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
