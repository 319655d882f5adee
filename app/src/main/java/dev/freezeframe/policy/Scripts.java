package dev.freezeframe.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The scripts that run around a snapshot set.
 *
 * @param document name or ARN of an SSM Command document that keeps DLM's contract
 * @param stages one or both; only both together can freeze and thaw
 * @param timeout for one script, 10..120 s (as DLM has it)
 * @param retries further attempts of the whole sequence after a pre-script failed, 0..3
 * @param fallBackToCrashConsistent whether a set without scripts is taken once the attempts are
 *     used up; false: the instance is skipped
 * @param freezeBudget how long a guest may stay frozen; a set is not started in a freeze that is
 *     older
 */
public record Scripts(
    String document,
    Set<Stage> stages,
    Duration timeout,
    int retries,
    boolean fallBackToCrashConsistent,
    Duration freezeBudget) {

  public Scripts {
    PolicyFields.DOCUMENT.check(document);
    PolicyFields.TIMEOUT.check(timeout);
    PolicyFields.RETRIES.check(retries);
    PolicyFields.FREEZE_BUDGET.check(freezeBudget);
    stages = Collections.unmodifiableSortedSet(new TreeSet<>(stages));
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("scripts: expected at least one stage, found none");
    }
  }

  /** Whether the scripts hold the guest still over the point in time: both stages run. */
  public boolean freeze() {
    return stages.contains(Stage.PRE) && stages.contains(Stage.POST);
  }
}
