package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Members that are parts of RAID arrays and LVM groups. Where the kernel has neither, programs
 * stand in for theirs: what the document asks of them is shown, and what it concludes.
 */
class DrillAssemblyTest {

  private Volume volume;
  private DrillInstance instance;
  private Path asked;

  @BeforeEach
  void launch() {
    volume = new Volume("ext4");
    instance = new DrillInstance();
  }

  @AfterEach
  void terminate() {
    instance.close();
    volume.close();
  }

  /** A guest whose programs write down what they are asked, and answer with those lines. */
  private Guest guest(String kind, Map<String, String> programs) {
    Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM);
    asked = guest.newFile("asked");
    Path devices = guest.newFile("devices");
    guest.edited(Map.of("/etc/lvm/devices", devices.toString()));
    programs.forEach(
        (program, answer) ->
            guest.standIn(program, "echo " + program + " \"$@\" >>'" + asked + "'", answer));
    return guest.standIn("blkid", "echo TYPE=" + kind);
  }

  private String asked() {
    return Shell.must("cat", asked.toString());
  }

  private void fails(Guest guest, String cause) {
    Answer answer = instance.validate(guest);
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(212);
    assertThat(answer.causes()).contains(cause);
    instance.assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 7  | of which 2 are members",
        "2 | 9  | are of different times: their event counts are 7 to 9",
        "2 | 8  | cannot be assembled: no such array"
      })
  void anArrayIsAssembledWholeAndOfOneTimeOrNotAtAll(int disks, int events, String cause) {
    String first = instance.attach(volume);
    String second = instance.attach(volume);
    Guest guest =
        guest(
            "linux_raid_member",
            Map.of(
                "mdadm",
                "[[ $1 == --examine ]] || { echo no such array; exit 1; }\n"
                    + "echo MD_UUID=0a:0b:0c:0d; echo MD_DEVICES="
                    + disks
                    + "; [[ $* == *"
                    + second
                    + " ]] && echo MD_EVENTS="
                    + events
                    + " || echo MD_EVENTS=7"));
    fails(guest, cause);
    if (events == 8) {
      assertThat(asked())
          .contains("--assemble /dev/md/freezeframe-0 --config=none")
          .contains("--uuid=0a:0b:0c:0d " + first + " " + second);
    } else {
      assertThat(asked()).doesNotContain("--assemble");
    }
  }

  private static Map<String, String> lvm(String groups, String volumes) {
    return Map.of(
        "lvmdevices", "", "vgs", groups, "vgchange", "", "lvs", volumes, "dmsetup", "exit 0");
  }

  @Test
  void aGroupThatLacksAVolumeIsNotActivated() {
    instance.attach(volume);
    fails(guest("LVM2_member", lvm("echo '  data 1'", "")), "the volume group data lacks 1");
    assertThat(asked()).doesNotContain("vgchange");
  }

  @Test
  void lvmSeesTheMembersAloneByADevicesFileOfItsOwn() {
    String member = instance.attach(volume);
    Path logical = instance.copy(volume);
    String device = Shell.must("losetup", "--find", "--show", logical.toString()).trim();
    try {
      Guest guest =
          guest(
              "LVM2_member",
              lvm(
                  "echo '  data 0'",
                  "echo '  -wi-a----- " + device + "'; echo '  twi-a-t--- pool'"));
      guest.standIn(
          "blkid",
          "[[ $* != *" + device + " ]] || exec env PATH=/usr/sbin:/sbin:/usr/bin blkid \"$@\"",
          "echo TYPE=LVM2_member");
      Answer answer = instance.validate(guest);
      assertThat(answer.exitCode()).as(answer.output()).isZero();
      assertThat(answer.stamp("assembled").values()).containsEntry("groups", "1");
      assertThat(answer.stamp("validated").values()).containsEntry("file-systems", "1");
      assertThat(asked())
          .contains("lvmdevices --yes --devicesfile freezeframe-drill --adddev " + member)
          .contains("vgchange --devicesfile freezeframe-drill --activate y --monitor n -- data");
      assertThat(asked().lines())
          .filteredOn(line -> line.matches("(vg|lv).*"))
          .allMatch(line -> line.contains("--devicesfile freezeframe-drill"));
      instance.assertNothingIsLeft();
    } finally {
      Shell.run("losetup", "--detach", device);
    }
  }

  /** With the kernel's own device mapper. */
  @Test
  void aLogicalVolumeIsCheckedAndItsGroupTakenApart() {
    Assumptions.assumeTrue(
        Shell.has("vgcreate") && Shell.succeeds("dmsetup", "version"),
        "skipped: the kernel of this machine has no device mapper, or lvm2 is not installed");
    String group = "freezeframe_drill_" + ProcessHandle.current().pid();
    Path disk = instance.copy(volume);
    String device = Shell.must("losetup", "--find", "--show", disk.toString()).trim();
    Shell.must("vgcreate", "--yes", "--force", group, device);
    Shell.must("lvcreate", "--yes", "--extents", "100%FREE", "--name", "data", group);
    Shell.must("mkfs.ext4", "-q", "/dev/" + group + "/data");
    Shell.must("vgchange", "--activate", "n", group);
    Shell.must("losetup", "--detach", device);
    instance.attach(disk);
    Answer answer = instance.validate();
    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(answer.stamp("assembled").values()).containsEntry("groups", "1");
    assertThat(Shell.run("dmsetup", "ls").output()).doesNotContain(group);
    instance.assertNothingIsLeft();
  }

  /** With the kernel's own RAID. */
  @Test
  void anArrayOfBothItsDisksIsCheckedAndStopped() {
    Assumptions.assumeTrue(
        Shell.has("mdadm") && Shell.succeeds("grep", "-q", "raid1", "/proc/mdstat"),
        "skipped: the kernel of this machine has no RAID, or mdadm is not installed");
    Path[] disks = {instance.copy(volume), instance.copy(volume)};
    String first = Shell.must("losetup", "--find", "--show", disks[0].toString()).trim();
    String second = Shell.must("losetup", "--find", "--show", disks[1].toString()).trim();
    String array = "/dev/md/freezeframe-test-" + ProcessHandle.current().pid();
    Shell.must("mdadm", "--create", array, "--run", "--level=1", "--raid-devices=2", first, second);
    Shell.must("mkfs.ext4", "-q", array);
    Shell.must("mdadm", "--wait-clean", array);
    Shell.must("mdadm", "--stop", array);
    Shell.must("losetup", "--detach", first, second);
    instance.attach(disks[0]);
    instance.attach(disks[1]);
    Answer answer = instance.validate();
    assertThat(answer.exitCode()).as(answer.output()).isZero();
    assertThat(answer.stamp("assembled").values()).containsEntry("raids", "1");
    assertThat(Shell.must("cat", "/proc/mdstat")).doesNotContain("active");
    instance.assertNothingIsLeft();
  }
}
