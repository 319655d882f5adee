package dev.freezeframe.retention;

/**
 * How much a plan may delete beyond what every cycle of a schedule expires ({@link
 * Turnover#ordinary}): it notices a policy that was cut to a fraction, and a clock that is wrong.
 *
 * @param snapshots in all
 * @param share of the sets of any one group
 */
public record DeletionLimit(int snapshots, double share) {
  /** Far above a day of a fleet, and far below losing it. */
  public static final DeletionLimit DEFAULT = new DeletionLimit(5_000, 0.75);

  public DeletionLimit {
    if (snapshots < 0) {
      throw new IllegalArgumentException(
          "snapshots is %d, expected a number from 0".formatted(snapshots));
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share is %s, expected above 0 and up to 1".formatted(share));
    }
  }

  /** Whether a group would lose more than it may. */
  boolean exceededBy(Turnover turnover) {
    return !turnover.ordinary() && turnover.going() > share * turnover.size();
  }
}
