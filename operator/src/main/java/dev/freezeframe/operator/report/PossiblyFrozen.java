package dev.freezeframe.operator.report;

import static java.util.Comparator.comparing;

import dev.freezeframe.common.InstanceId;
import dev.freezeframe.ledger.run.FreezeRow;
import dev.freezeframe.ledger.run.RunView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The guests that may still be frozen, by the ledger: a pre-script was ordered, and neither its
 * post-script nor a later one of the same document is known to have thawed the guest. That the
 * guest's own timer did, nobody tells the ledger.
 */
final class PossiblyFrozen {
  private PossiblyFrozen() {}

  private record Freezer(InstanceId instance, String document) {}

  /** By instance. */
  static List<Report.Doubt> of(Collection<RunView> runs) {
    Map<Freezer, FreezeRow> last =
        new TreeMap<>(comparing(Freezer::instance).thenComparing(Freezer::document));
    runs.stream()
        .flatMap(run -> run.freezes().stream())
        .filter(FreezeRow::thawFollows)
        .sorted(comparing(FreezeRow::orderedAt).thenComparing(FreezeRow::number))
        .forEach(row -> last.put(new Freezer(row.instance(), row.document().name()), row));
    return last.values().stream()
        .filter(row -> !row.thawProved())
        .map(row -> new Report.Doubt(row.instance().value(), why(row)))
        .toList();
  }

  private static String why(FreezeRow row) {
    return "attempt %d of %s ordered the pre-script of %s at %s, and %s"
        .formatted(
            row.number(),
            row.run(),
            row.document().name(),
            row.orderedAt(),
            row.thaws().isEmpty()
                ? "no post-script is on record"
                : "no post-script on record proves a thaw; the last answer: "
                    + row.thaws().get(row.thaws().size() - 1).answer());
  }
}
