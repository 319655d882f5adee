package dev.freezeframe.restore.guest;

import java.util.List;

/**
 * What to do in the guest about one thing. The commands are for root's bash, or for PowerShell
 * where the topic is one of Windows. Commands of several hints work in one shell, in the order of
 * the hints: they share {@code $device}, and the file system that is mounted at {@value
 * #MOUNT_POINT}.
 *
 * @param when to whom the hint applies, as the start of a line; empty: to all
 * @param text what to know, in sentences
 * @param commands what to type; empty: nothing
 * @param afterwards what to type when the look is over, hints in the opposite order; empty: nothing
 */
public record GuestHint(
    Topic topic, String when, String text, List<String> commands, List<String> afterwards) {
  public static final String MOUNT_POINT = "/mnt/restored";

  public GuestHint {
    commands = List.copyOf(commands);
    afterwards = List.copyOf(afterwards);
  }

  /** What a hint is about. */
  public enum Topic {
    DEVICES,
    ROOT_BESIDE_ROOT,
    EXT4,
    EXT4_KEPT,
    XFS,
    XFS_KEPT,
    BTRFS,
    LVM,
    LVM_DEVICES_FILE,
    RAID,
    RAID_ASSEMBLED,
    FSTAB,
    OLD_ROOT,
    CLOUD_INIT,
    PRODUCTION,
    POSTGRESQL,
    POSTGRESQL_STARTED,
    MYSQL,
    MYSQL_STARTED,
    WINDOWS_DISKS,
    WINDOWS_APPLICATIONS
  }
}
