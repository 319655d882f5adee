package dev.freezeframe.restore.guest;

import static dev.freezeframe.restore.guest.GuestHint.MOUNT_POINT;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.util.List;

/**
 * How file systems are mounted, of which there may be two with one UUID. Sources: xfs(5), mount(8),
 * xfs_admin(8), tune2fs(8), btrfstune(8).
 */
final class FileSystemHints {

  private static final String UNMOUNT = "umount " + MOUNT_POINT;

  static final GuestHint FSTAB =
      new GuestHint(
          Topic.FSTAB,
          "",
          "What /etc/fstab names by UUID or label fits the restored volumes; what it names as"
              + " /dev/nvme1n1 may be another disk. ext4 and XFS replay their journals at the mount.",
          List.of("findmnt --verify", "mount --all"),
          List.of());

  static final GuestHint EXT4 =
      new GuestHint(
          Topic.EXT4,
          "lsblk says ext4",
          "It replays its journal at the mount; a check before that reports errors that are none. A"
              + " second one of the same UUID mounts as well, and what fstab names by UUID is then"
              + " either of the two.",
          List.of("mkdir -p " + MOUNT_POINT, "mount \"$device\" " + MOUNT_POINT),
          List.of(UNMOUNT, "e2fsck -f -n \"$device\""));

  static final GuestHint EXT4_KEPT =
      new GuestHint(
          Topic.EXT4_KEPT,
          "ext4 that stays beside its original",
          "Give it a UUID of its own, unmounted.",
          List.of("e2fsck -f -p \"$device\"", "tune2fs -U random \"$device\""),
          List.of());

  static final GuestHint XFS =
      new GuestHint(
          Topic.XFS,
          "lsblk says xfs",
          "XFS refuses the second file system of one UUID, but with nouuid. A freeze leaves its log"
              + " marked, so that it has to be mounted writable once, and reports errors that are"
              + " none if it is checked before. To look without writing:"
              + " -o ro,norecovery,nouuid, which may show it older than it is.",
          List.of("mkdir -p " + MOUNT_POINT, "mount -o nouuid \"$device\" " + MOUNT_POINT),
          List.of(UNMOUNT, "xfs_repair -n \"$device\""));

  static final GuestHint XFS_KEPT =
      new GuestHint(
          Topic.XFS_KEPT,
          "XFS that stays beside its original",
          "Give it a UUID of its own, after it was mounted once and unmounted: with a log that is not"
              + " replayed that destroys data.",
          List.of("xfs_admin -U generate \"$device\""),
          List.of());

  static final GuestHint BTRFS =
      new GuestHint(
          Topic.BTRFS,
          "lsblk says btrfs",
          "Never on an instance that has its original: the kernel takes two devices of one UUID for"
              + " one file system, and destroys both. On another instance:",
          List.of("mkdir -p " + MOUNT_POINT, "mount \"$device\" " + MOUNT_POINT),
          List.of(UNMOUNT, "btrfs check --readonly \"$device\""));

  private FileSystemHints() {}
}
