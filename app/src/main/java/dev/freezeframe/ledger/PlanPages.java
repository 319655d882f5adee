package dev.freezeframe.ledger;

import dev.freezeframe.ledger.PlanPage.PlannedSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a plan into pages, each no more than an item of the table holds and one call carries out. A
 * set is never cut in two; a group may be.
 *
 * @param snapshots on a page, at most, unless a single set has more
 * @param bytes of an item, at most
 */
public record PlanPages(int snapshots, int bytes) {
  /** At 4 deletions a second a page takes two minutes; DynamoDB takes 400 KB. */
  public static final PlanPages DEFAULT = new PlanPages(500, 300_000);

  /** The names of a set's attributes, and the values that have a length of their own. */
  private static final int SET_BYTES = 260;

  private static final int MEMBER_BYTES = 24;

  public PlanPages {
    if (snapshots < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "pages of a plan: expected at least a snapshot and a byte, found %d and %d"
              .formatted(snapshots, bytes));
    }
  }

  /** The sets in their order, by page. */
  public List<List<PlannedSet>> of(List<PlannedSet> sets) {
    List<List<PlannedSet>> pages = new ArrayList<>();
    int held = snapshots;
    int weight = bytes;
    for (PlannedSet set : sets) {
      if (held + set.members().size() > snapshots || weight + bytes(set) > bytes) {
        pages.add(new ArrayList<>());
        held = 0;
        weight = 0;
      }
      pages.get(pages.size() - 1).add(set);
      held += set.members().size();
      weight += bytes(set);
    }
    return pages;
  }

  private static int bytes(PlannedSet set) {
    return SET_BYTES
        + MEMBER_BYTES * set.members().size()
        + (set.group() + set.rule() + set.reason()).getBytes(StandardCharsets.UTF_8).length;
  }
}
