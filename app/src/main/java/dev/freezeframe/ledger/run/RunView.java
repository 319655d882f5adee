package dev.freezeframe.ledger.run;

import static java.util.Comparator.comparing;

import dev.freezeframe.stop.StopRow;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one run, in one query.
 *
 * @param run empty: no execution has claimed it
 * @param pages by number
 * @param freezes by instance, then number of the attempt
 * @param stops by instance, then when they were ordered
 * @param outcomes by instance
 */
public record RunView(
    Optional<RunRow> run,
    List<PageRow> pages,
    List<FreezeRow> freezes,
    List<StopRow> stops,
    List<OutcomeRow> outcomes) {

  public RunView {
    pages = pages.stream().sorted(comparing(PageRow::page)).toList();
    freezes =
        freezes.stream()
            .sorted(comparing(FreezeRow::instance).thenComparing(FreezeRow::number))
            .toList();
    stops =
        stops.stream()
            .sorted(comparing(StopRow::instance).thenComparing(StopRow::orderedAt))
            .toList();
    outcomes = outcomes.stream().sorted(comparing(OutcomeRow::instance)).toList();
  }
}
