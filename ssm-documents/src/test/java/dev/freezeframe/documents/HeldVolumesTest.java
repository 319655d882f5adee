package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which EBS volumes a pre-script says that it held. There are none here: the kernel's tree of an
 * instance is made up for what is mounted, and stands in the place of {@code /sys}.
 */
class HeldVolumesTest {

  private static final String VOLUME = "vol-0123456789abcdef0";
  private static final String OTHER = "vol-0123456789abcdef1";

  private Volume first;
  private Volume second;
  private Namespace namespace;
  private Guest guest;
  private final Map<String, String> folders = new HashMap<>();

  @BeforeEach
  void mount() {
    first = new Volume("ext4");
    second = new Volume("xfs");
    namespace = new Namespace("8m");
    namespace.must("mount", "-t", "tmpfs", "tmpfs", "/mnt");
    namespace.must("mkdir", "/mnt/sys");
    disk("root", Shell.must("mountpoint", "-d", "/").trim(), "of no volume");
    guest = new Guest(SsmDocument.FILESYSTEM).in(namespace).with("autoThawSeconds", "20");
  }

  @AfterEach
  void unmount() {
    if (guest != null) {
      guest.close();
      namespace.close();
      second.close();
      first.close();
    }
  }

  /** A disk of the tree, and what is on it: devices by name, or partitions. */
  private void disk(String name, String number, String serial) {
    device(name, number, "/mnt/sys/devices/pci0/" + name);
    namespace.must("mkdir", "/mnt/sys/devices/pci0/" + name + "/device");
    write("/mnt/sys/devices/pci0/" + name + "/device/serial", serial + "       ");
  }

  private void device(String name, String number, String folder) {
    folders.put(name, folder);
    namespace.must("mkdir", "-p", folder + "/slaves", folder + "/holders");
    namespace.must("mkdir", "-p", "/mnt/sys/block", "/mnt/sys/dev/block", "/mnt/sys/class/block");
    write(folder + "/dev", number);
    write(folder + "/uevent", "DEVTYPE=disk\nDEVNAME=" + name);
    for (String link : List.of("block/" + name, "dev/block/" + number, "class/block/" + name)) {
      namespace.must("ln", "-s", folder.replace("/mnt/sys", "/sys"), "/mnt/sys/" + link);
    }
  }

  private void partition(String disk, String name, String number) {
    String folder = "/mnt/sys/devices/pci0/" + disk + "/" + name;
    device(name, number, folder);
    namespace.must("rm", "/mnt/sys/block/" + name);
    write(folder + "/partition", "1");
  }

  private void mapped(String name, String number, String... slaves) {
    device(name, number, "/mnt/sys/devices/virtual/block/" + name);
    for (String slave : slaves) {
      namespace.must(
          "ln",
          "-s",
          "/sys/class/block/" + slave,
          "/mnt/sys/devices/virtual/block/" + name + "/slaves/");
      namespace.must("mkdir", folders.get(slave) + "/holders/" + name);
    }
  }

  private void write(String file, String text) {
    namespace.must("sh", "-c", "printf '%s\\n' \"$1\" >\"$2\"", "sh", text, file);
  }

  private static String number(Volume volume) {
    return Shell.must("mountpoint", "-d", volume.path()).trim();
  }

  private static String name(Volume volume) {
    return volume.device().replace("/dev/", "");
  }

  private Answer pre(Volume... frozen) {
    namespace.must("mount", "--bind", "/mnt/sys", "/sys");
    guest.with(
        "mountPoints", List.of(frozen).stream().map(Volume::path).collect(Collectors.joining(",")));
    String execution = Guest.newExecution();
    Answer pre = guest.pre(execution);
    Answer post = guest.post(execution);
    namespace.must("umount", "/sys");
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(post.exitCode()).as(post.output()).isZero();
    return pre;
  }

  private static Map<String, String> unheld(Answer pre) {
    return pre.stamps().stream()
        .filter(stamp -> stamp.event().equals("unheld"))
        .collect(
            Collectors.toMap(
                stamp -> stamp.values().get("volumes"), stamp -> stamp.values().get("cause")));
  }

  @Test
  void whereNoVolumeIsKnownNoneIsNamed() {
    disk(name(first), number(first), "AWS22222222222222222");
    Answer pre = pre(first);
    assertThat(pre.stamp("held").values()).containsEntry("volumes", "");
    assertThat(pre.events()).doesNotContain("unheld");
    assertThat(pre.stamp("held").at()).isEqualTo(pre.stamp("frozen").at());
  }

  @Test
  void aVolumeThatIsFrozenWholeIsHeld() {
    disk(name(first), number(first), VOLUME.replace("-", ""));
    disk(name(second), number(second), OTHER.replace("-", ""));
    Answer pre = pre(first, second);
    assertThat(pre.stamp("held").values().get("volumes").split(",", -1))
        .containsExactlyInAnyOrder(VOLUME, OTHER);
    assertThat(unheld(pre)).isEmpty();
  }

  @Test
  void aVolumeThatIsMountedAndNotFrozenIsNotHeld() {
    disk(name(first), number(first), VOLUME.replace("-", ""));
    disk(name(second), number(second), OTHER.replace("-", ""));
    Answer pre = pre(first);
    assertThat(pre.stamp("held").values()).containsEntry("volumes", VOLUME);
    assertThat(unheld(pre)).containsExactly(Map.entry(OTHER, second.path() + " is not frozen"));
  }

  @Test
  void aVolumeWithOnePartitionFrozenAndAnotherMountedIsNotHeld() {
    disk("nvme1n1", "259:77", VOLUME.replace("-", ""));
    partition("nvme1n1", name(first), number(first));
    partition("nvme1n1", name(second), number(second));
    Answer one = pre(first);
    assertThat(one.stamp("held").values()).containsEntry("volumes", "");
    assertThat(unheld(one)).containsExactly(Map.entry(VOLUME, second.path() + " is not frozen"));
    assertThat(pre(first, second).stamp("held").values()).containsEntry("volumes", VOLUME);
  }

  @Test
  void logicalVolumesAndRaidsStandOnAllTheirDisks() {
    disk("nvme1n1", "259:77", VOLUME.replace("-", ""));
    disk("nvme2n1", "259:78", OTHER.replace("-", ""));
    mapped("md0", "9:0", "nvme1n1", "nvme2n1");
    mapped(name(first), number(first), "md0");
    mapped(name(second), number(second), "md0");
    Answer one = pre(first);
    assertThat(one.stamp("held").values()).containsEntry("volumes", "");
    assertThat(unheld(one)).containsOnlyKeys(VOLUME, OTHER);
    Answer both = pre(first, second);
    assertThat(both.stamp("held").values().get("volumes").split(",", -1))
        .containsExactlyInAnyOrder(VOLUME, OTHER);
  }

  @Test
  void whatSomethingUnknownUsesIsNotHeld() {
    disk("nvme1n1", "259:77", VOLUME.replace("-", ""));
    mapped(name(first), number(first), "nvme1n1");
    mapped("dm-7", "253:7", "nvme1n1"); // a logical volume that is not mounted
    disk(name(second), number(second), OTHER.replace("-", ""));
    Answer pre = pre(first, second);
    assertThat(pre.stamp("held").values()).containsEntry("volumes", OTHER);
    assertThat(unheld(pre)).containsExactly(Map.entry(VOLUME, "what uses dm-7 is not known"));
  }

  @Test
  void aVolumeOfWhichAContainerHasAFileSystemIsNotHeld() {
    disk("nvme1n1", "259:77", VOLUME.replace("-", ""));
    partition("nvme1n1", name(first), number(first));
    partition("nvme1n1", "nvme1n1p9", "259:79");
    disk(name(second), number(second), OTHER.replace("-", ""));
    namespace.must("mkdir", "-p", "/mnt/sys/fs/xfs/nvme1n1p9", "/mnt/sys/fs/xfs/stats");
    Answer pre = pre(first);
    assertThat(pre.stamp("held").values()).containsEntry("volumes", "");
    assertThat(unheld(pre))
        .containsEntry(VOLUME, "nvme1n1p9 is in use where no mount point shows it");
  }

  @Test
  void theVolumeOfTheRootIsNotHeld() throws IOException {
    write("/mnt/sys/devices/pci0/root/device/serial", VOLUME.replace("-", ""));
    disk(name(first), number(first), OTHER.replace("-", ""));
    disk(name(second), number(second), "of no volume");
    Answer pre = pre(first);
    assertThat(pre.stamp("held").values()).containsEntry("volumes", OTHER);
    assertThat(unheld(pre)).containsExactly(Map.entry(VOLUME, causes().get(0)));
  }

  /** The causes that simulated guests print as well, for the root's volume and for one of swap. */
  private static List<String> causes() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/golden/unheld.txt"));
  }

  @Test
  void aVolumeWithSwapIsNotHeld() throws IOException {
    disk("nvme1n1", "259:77", VOLUME.replace("-", ""));
    partition("nvme1n1", name(first), number(first));
    partition("nvme1n1", "nvme1n1p9", "259:79");
    disk(name(second), number(second), OTHER.replace("-", ""));
    namespace.must("mknod", "/mnt/swap", "b", "259", "79");
    write("/mnt/swaps", "Filename Type Size Used Priority\n/mnt/swap partition 1024 0 -2");
    namespace.must("mount", "--bind", "/mnt/swaps", "/proc/swaps");
    Answer pre = pre(first);
    assertThat(pre.stamp("held").values()).containsEntry("volumes", "");
    assertThat(unheld(pre)).containsEntry(VOLUME, causes().get(1));
  }

  @Test
  void whatStandsOnEachOtherIsRefused() {
    device(name(first), number(first), "/mnt/sys/devices/virtual/block/" + name(first));
    mapped("dm-1", "253:1", name(first));
    namespace.must(
        "ln",
        "-s",
        "/sys/class/block/dm-1",
        "/mnt/sys/devices/virtual/block/" + name(first) + "/slaves/");
    namespace.must("mount", "--bind", "/mnt/sys", "/sys");
    Answer answer = guest.with("mountPoints", first.path()).dryRun();
    namespace.must("umount", "/sys");
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.causes()).contains("cannot be put in order: it stands on itself");
  }

  @Test
  void oneThatIsUnmountedIsHeldWhole() {
    try (Volume disk = Volume.onDisk("ext4")) {
      String name = name(disk);
      disk(name, number(disk), VOLUME);
      disk(name(first), number(first), OTHER);
      disk(name(second), number(second), "of no volume");
      Shell.must("umount", disk.path());
      namespace.must("mount", disk.device(), disk.path());
      namespace.must("mkdir", "-p", "/mnt/sys/fs/ext4/" + name);
      guest.close();
      guest =
          new Guest(SsmDocument.UNMOUNT)
              .in(namespace)
              .with("units", "none")
              .standIn(
                  "umount",
                  "/bin/umount \"$@\" || exit",
                  "[[ $* != */proc/self/cwd/* ]] || rmdir /sys/fs/ext4/" + name)
              .standIn(
                  "mount",
                  "/bin/mount \"$@\" || exit",
                  "[[ $* != *\" .\" ]] || mkdir /sys/fs/ext4/" + name);
      Answer pre = pre(disk);
      assertThat(unheld(pre)).containsOnly(Map.entry(OTHER, first.path() + " is not frozen"));
      assertThat(pre.stamp("held").values()).containsEntry("volumes", VOLUME);
      namespace.must("umount", disk.path());
    }
  }
}
