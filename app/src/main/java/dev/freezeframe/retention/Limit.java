package dev.freezeframe.retention;

/**
 * How much a plan may delete.
 *
 * @param snapshots in all
 * @param share of the sets of any one group
 */
public record Limit(int snapshots, double share) {
  /** Far above a day of a fleet, and far below losing it. */
  public static final Limit DEFAULT = new Limit(5_000, 0.75);

  public Limit {
    if (snapshots < 0) {
      throw new IllegalArgumentException(
          "limit of snapshots: expected a number from 0, found %d".formatted(snapshots));
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "limit of the share of a group: expected above 0 and up to 1, found %s".formatted(share));
    }
  }

  /** How many sets a group must have left for so many to be within the share. */
  int leftBy(int sets) {
    return (int) Math.ceil(sets / share) - sets;
  }

  /** Whether so many sets of a group of some size are too many. */
  boolean exceededBy(int sets, int size) {
    return sets > share * size;
  }
}
