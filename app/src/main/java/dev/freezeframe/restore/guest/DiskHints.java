package dev.freezeframe.restore.guest;

import dev.freezeframe.restore.guest.GuestHint.Topic;
import java.util.List;

/**
 * What lies between a volume and its file systems. Sources: the EC2 user guide on NVMe device names
 * ("identify-nvme-ebs-device") and on instances that boot from the wrong volume; lvmdevices(8),
 * vgimportclone(8), mdadm(8).
 */
final class DiskHints {

  static final GuestHint DEVICES =
      new GuestHint(
          Topic.DEVICES,
          "",
          "Linux numbers NVMe devices anew at each boot; the serial number of a disk is the id of its"
              + " volume. lsblk says what is on it, and which of the following applies. Where it has"
              + " partitions, device is one of them, such as ${device}p1. On Xen instances /dev/sdf"
              + " is /dev/xvdf.",
          List.of(
              "volume=vol-0123456789abcdef0",
              "device=$(readlink -f /dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${volume/-/})",
              "lsblk --output NAME,SERIAL,SIZE,FSTYPE,LABEL,UUID,MOUNTPOINT \"$device\""),
          List.of());

  static final GuestHint ROOT_BESIDE_ROOT =
      new GuestHint(
          Topic.ROOT_BESIDE_ROOT,
          "The root volume is in the set",
          "An instance that boots with a second root of the same label or UUID may take the wrong"
              + " one. Attach it to a running instance of another image, and detach it before that"
              + " one is stopped or rebooted.",
          List.of(),
          List.of());

  static final GuestHint RAID =
      new GuestHint(
          Topic.RAID,
          "lsblk says linux_raid_member",
          "Only on an instance that does not have the original array: the two have one UUID. Assemble"
              + " it of all its members of this set, and of none of another time. devices are the"
              + " devices of all its volumes; the file system is then on /dev/md/restored.",
          List.of(
              "devices=\"$device\"",
              "mdadm --examine $devices",
              "mdadm --assemble /dev/md/restored $devices",
              "device=/dev/md/restored"),
          List.of("mdadm --stop /dev/md/restored"));

  static final GuestHint RAID_ASSEMBLED =
      new GuestHint(
          Topic.RAID_ASSEMBLED,
          "RAID of mdadm",
          "The array may come up as /dev/md127, read-only, or not at all, while its members appear"
              + " one after the other. What fstab names by UUID or label fits whatever it is called.",
          List.of("mdadm --assemble --scan --config=partitions", "cat /proc/mdstat"),
          List.of());

  static final GuestHint LVM =
      new GuestHint(
          Topic.LVM,
          "lsblk says LVM2_member",
          "LVM activates no group of which it sees two copies. vgimportclone gives the copy a name"
              + " and ids of its own. devices are the devices of all volumes of the group: it refuses"
              + " a part. On RHEL 9 and its kin LVM sees only what is in its devices file, and"
              + " --importdevices adds them. The last command sets device to the first logical"
              + " volume; go on with that.",
          List.of(
              "devices=\"$device\"",
              "[ ! -e /etc/lvm/devices/system.devices ] || import=--importdevices",
              "vgimportclone ${import:-} --basevgname restored $devices",
              "vgchange --activate y restored",
              "device=$(lvs --noheadings --options lv_path restored | head -n 1 | tr -d ' ')"),
          List.of("vgchange --activate n restored"));

  static final GuestHint LVM_DEVICES_FILE =
      new GuestHint(
          Topic.LVM_DEVICES_FILE,
          "LVM on RHEL 9 and its kin",
          "/etc/lvm/devices/system.devices lists disks by serial number, which is the volume's id:"
              + " LVM does not see a restored volume, and a boot that waits for it ends in emergency"
              + " mode. Move that file away before the instance is stopped for a restore in place;"
              + " without it LVM uses all disks. These commands list what LVM does not use, and write"
              + " the file anew.",
          List.of("vgs --devicesfile \"\"", "vgimportdevices --all", "vgchange --activate y"),
          List.of());

  private DiskHints() {}
}
