package dev.freezeframe.rehearsal.run;

import dev.freezeframe.common.RunId;
import dev.freezeframe.ledger.run.PageRow;
import dev.freezeframe.ledger.run.RunView;
import dev.freezeframe.rehearsal.states.Execution;
import java.time.Instant;
import java.util.List;

/**
 * One firing of the policy, and its result.
 *
 * @param view what the ledger knows of the run
 * @param backups the executions of its instances, in the order in which they were started
 */
public record Firing(Instant scheduledAt, RunId run, RunView view, List<Execution> backups) {

  public Firing {
    backups = List.copyOf(backups);
  }

  /** Whether every page of its targets is on record; where not, some were never backed up. */
  public boolean selectedAll() {
    return view.pages().stream().anyMatch(PageRow::last);
  }
}
