package dev.freezeframe.infra;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rows of the ledger that a task's code can write, by how their partition keys begin: read from
 * the methods that write which it can come to.
 */
final class WrittenRows {
  private static final String TABLE = "dev.freezeframe.ledger.dynamo.table.DynamoTable";

  /** What each class of the ledger writes; of one that writes two kinds, what each method does. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("DynamoRuns", "run#*"),
          Map.entry("DynamoSnapshots", "snapshot#*"),
          Map.entry("DynamoExpiry", "snapshot#*"),
          Map.entry("DynamoPlans", "plan#*"),
          Map.entry("DynamoRecoveryPoints", "policy#*"),
          Map.entry("DynamoSlots", "slots"),
          Map.entry("DynamoRestores", "restore#*"),
          Map.entry("DynamoLeases", "leases"),
          Map.entry("DynamoStops.recordStop", "run#*"),
          Map.entry("DynamoStops.recordOnce", "run#*"),
          Map.entry("DynamoStops.recordStartTried", "run#*"),
          Map.entry("DynamoStops.recordStopEnded", "run#*"),
          Map.entry("DynamoStops.recordStopTurns", "turns"),
          Map.entry("DynamoFacts.recordInspection", "inspection#*"),
          Map.entry("DynamoFacts.recordFacts", "facts#*"),
          Map.entry("DynamoFacts.recordFactsExpiry", "facts#*"),
          Map.entry("DynamoDrills.claimDrill", "drill#*"),
          Map.entry("DynamoDrills.first", "drill#*"),
          Map.entry("DynamoDrills.recordAttempt", "drill#*"),
          Map.entry("DynamoDrills.recordDrillInstance", "drill#*"),
          Map.entry("DynamoDrills.write", "drilled#*"),
          Map.entry("DynamoDrills.recordSpending", "drills#*"),
          Map.entry("DynamoDrills.withdrawSpending", "drills#*"),
          Map.entry("DynamoGroups.record", "groups"),
          Map.entry("DynamoGroups.beginDueFrom", "retention"),
          Map.entry("DynamoGroups.recordDueFrom", "retention"));

  private WrittenRows() {}

  static Set<String> of(String task) {
    Set<String> keys = new TreeSet<>();
    for (JavaCodeUnit unit : CalledActions.reached(task)) {
      if (!unit.getOwner().getName().equals(TABLE) && writes(unit)) {
        keys.add(keyOf(unit));
      }
    }
    return keys;
  }

  private static boolean writes(JavaCodeUnit unit) {
    return unit.getCallsFromSelf().stream()
        .anyMatch(
            call ->
                call.getTargetOwner().getName().equals(TABLE)
                    && call.getTarget().getName().matches("(put|replace|update|delete).*"));
  }

  private static String keyOf(JavaCodeUnit unit) {
    String owner = unit.getOwner().getSimpleName();
    String key = KEYS.getOrDefault(owner, KEYS.get(owner + "." + unit.getName()));
    if (key == null) {
      throw new IllegalStateException(
          "%s.%s: expected the key of the rows that it writes".formatted(owner, unit.getName()));
    }
    return key;
  }
}
