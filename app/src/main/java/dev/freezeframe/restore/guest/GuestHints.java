package dev.freezeframe.restore.guest;

import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Chooses the hints for a restore: by where it goes, by the platform, and by what is restored. What
 * file systems and databases there are is not on record, so that each hint says to whom it applies.
 */
public final class GuestHints {

  /** A hint, and the restores that need it. */
  private record Row(GuestHint hint, Predicate<Restored> needed) {}

  /** What the choice depends on. */
  private record Restored(Destination to, boolean windows, boolean root, int volumes) {

    /** The volumes are looked at, on an instance that may have their originals as well. */
    boolean looked() {
      return to == Destination.VOLUMES || to == Destination.INSTANCE;
    }

    /** The instance starts with the volumes in the places of their originals. */
    boolean started() {
      return to == Destination.NEW || to == Destination.IN_PLACE;
    }

    boolean several() {
      return volumes > 1;
    }
  }

  /** In the order in which they are to be read. */
  private static final List<Row> LINUX =
      List.of(
          new Row(StartHints.OLD_ROOT, restored -> restored.to == Destination.ROOT),
          new Row(StartHints.CLOUD_INIT, restored -> restored.to == Destination.NEW),
          new Row(StartHints.PRODUCTION, restored -> restored.to == Destination.NEW),
          new Row(DiskHints.DEVICES, Restored::looked),
          new Row(DiskHints.ROOT_BESIDE_ROOT, restored -> restored.looked() && restored.root),
          new Row(DiskHints.RAID, restored -> restored.looked() && restored.several()),
          new Row(DiskHints.RAID_ASSEMBLED, restored -> restored.started() && restored.several()),
          new Row(DiskHints.LVM, Restored::looked),
          new Row(DiskHints.LVM_DEVICES_FILE, Restored::started),
          new Row(FileSystemHints.FSTAB, Restored::started),
          new Row(FileSystemHints.EXT4, Restored::looked),
          new Row(FileSystemHints.EXT4_KEPT, Restored::looked),
          new Row(FileSystemHints.XFS, Restored::looked),
          new Row(FileSystemHints.XFS_KEPT, Restored::looked),
          new Row(FileSystemHints.BTRFS, Restored::looked),
          new Row(DatabaseHints.POSTGRESQL, Restored::looked),
          new Row(DatabaseHints.POSTGRESQL_STARTED, Restored::started),
          new Row(DatabaseHints.MYSQL, Restored::looked),
          new Row(DatabaseHints.MYSQL_STARTED, Restored::started));

  private static final List<Row> WINDOWS =
      List.of(
          new Row(StartHints.OLD_ROOT, restored -> restored.to == Destination.ROOT),
          new Row(StartHints.PRODUCTION, restored -> restored.to == Destination.NEW),
          new Row(WindowsHints.DISKS, restored -> restored.to != Destination.ROOT),
          new Row(WindowsHints.APPLICATIONS, restored -> true));

  private GuestHints() {}

  /**
   * The hints for a restore, in the order in which they are to be read.
   *
   * @param platformDetails of the instance that the set was taken of, as EC2 says; empty: that is
   *     not on record, and it is taken for Linux
   */
  public static List<GuestHint> of(RestorePlan plan, Optional<String> platformDetails) {
    Restored restored =
        new Restored(
            plan.request().to(),
            platformDetails.filter(platform -> platform.startsWith("Windows")).isPresent(),
            plan.volumes().stream().anyMatch(RestorePlan.Creation::root),
            plan.volumes().size());
    return rows(restored).filter(row -> row.needed.test(restored)).map(Row::hint).toList();
  }

  private static Stream<Row> rows(Restored restored) {
    return (restored.windows ? WINDOWS : LINUX).stream();
  }
}
