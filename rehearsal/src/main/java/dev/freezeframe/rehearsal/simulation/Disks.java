package dev.freezeframe.rehearsal.simulation;

import java.util.OptionalInt;

/**
 * The data volumes of one instance of a simulation's fleet.
 *
 * @param count of them, besides the root volume
 * @param gib the size of each
 * @param type of each but a shared one, which has to be of a type that Multi-Attach takes
 * @param swap whether the first is used for swap, which no script holds
 * @param sharedWith the number of another machine that has the last attached as well; empty: none
 */
record Disks(int count, int gib, String type, boolean swap, OptionalInt sharedWith) {
  /** EBS user guide, Multi-Attach: "exclusively on Provisioned IOPS SSD (io1 and io2) volumes". */
  private static final String SHARED_TYPE = "io2";

  public Disks {
    if (count < 0 || count > 100) {
      throw new IllegalArgumentException(
          "data volumes: expected 0 to 100, found %d".formatted(count));
    }
    int special = (swap ? 1 : 0) + (sharedWith.isPresent() ? 1 : 0);
    if (count < special) {
      throw new IllegalArgumentException(
          "data volumes: expected %d at least, for swap and Multi-Attach, found %d"
              .formatted(special, count));
    }
  }

  /** The type of the volume at a place: 1 is the first data volume. */
  String type(int place) {
    return sharedWith.isPresent() && place == count ? SHARED_TYPE : type;
  }
}
