package dev.freezeframe.ledger;

import java.util.List;
import java.util.Optional;

/**
 * All that is known of one run, in one query.
 *
 * @param run empty: no execution has claimed it
 * @param pages by number
 * @param freezes by instance, then number of the attempt
 * @param outcomes by instance
 */
public record RunView(
    Optional<RunRow> run, List<PageRow> pages, List<FreezeRow> freezes, List<OutcomeRow> outcomes) {

  public RunView {
    pages = List.copyOf(pages);
    freezes = List.copyOf(freezes);
    outcomes = List.copyOf(outcomes);
  }
}
