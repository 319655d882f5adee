package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a drill finds in copies that our own document froze, and in worse ones. */
class DrillFilesystemTest {

  private DrillInstance instance;

  @BeforeEach
  void launch() {
    try (Volume whatAVolumeNeeds = new Volume("ext4")) {
      assertThat(whatAVolumeNeeds.mounted()).isTrue();
    }
    instance = new DrillInstance();
  }

  @AfterEach
  void terminate() {
    if (instance != null) {
      instance.close();
    }
  }

  /** Attaches the volumes as they are while our document holds them. */
  private void attachFrozen(Volume... volumes) {
    held(() -> List.of(volumes).forEach(instance::attach), volumes);
  }

  static void held(Runnable during, Volume... volumes) {
    String mounts = String.join(",", List.of(volumes).stream().map(Volume::path).toList());
    try (Guest guest = new Guest(SsmDocument.FILESYSTEM).with("mountPoints", mounts)) {
      guest.held(volumes.length, during);
    }
  }

  private Answer fails(int code) {
    Answer answer = instance.validate();
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(code);
    assertThat(answer.stamp("failed").values()).containsEntry("code", Integer.toString(code));
    assertThat(answer.events()).endsWith("failed").doesNotContain("validated");
    instance.assertNothingIsLeft();
    return answer;
  }

  @Test
  void aSetThatOurDocumentFrozePasses() {
    try (Volume first = new Volume("ext4");
        Volume second = new Volume("xfs")) {
      Shell.write(first.mountPoint().resolve("orders"), "one");
      Shell.write(second.mountPoint().resolve("payments"), "two");
      Instant before = Instant.now().minusSeconds(1);
      attachFrozen(first, second);
      Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM).with("spreadSeconds", "60");
      Answer dryRun = instance.dryRun(guest);
      StampShape.assertGolden(SsmDocument.DRILL_FILESYSTEM, "dry-run", dryRun);
      for (int again = 0; again < 2; again++) {
        Answer answer = instance.validate(guest);
        assertThat(answer.exitCode()).as(answer.output()).isZero();
        instance.assertNothingIsLeft();
        if (again == 0) {
          StampShape.assertGolden(SsmDocument.DRILL_FILESYSTEM, "validate", answer);
          assertThat(answer.stamp("mounted").values())
              .containsEntry("volume", "vol-00000000000000001")
              .containsEntry("type", "ext4");
          assertThat(Instant.parse(answer.stamp("newest").values().get("time")))
              .isBetween(before, Instant.now());
        }
        assertThat(answer.output().lines()).allMatch(line -> line.startsWith("FREEZEFRAME event="));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aJournalThatIsDirtyIsReplayed(String type) {
    try (Volume volume = new Volume(type)) {
      Shell.write(volume.mountPoint().resolve("orders"), "one");
      Shell.must("sync", "-f", volume.path());
      instance.attach(volume);
      Answer answer = instance.validate();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
      assertThat(answer.events())
          .containsSubsequence("replayed", "mounted", "checked", "validated");
      assertThat(answer.stamp("validated").values()).containsEntry("replayed", "1");
      instance.assertNothingIsLeft();
    }
  }

  /** As a program does that is older than the file system, or that is out of memory. */
  @ParameterizedTest
  @CsvSource({
    "ext4, e2fsck, 12, has unsupported feature(s): FEATURE_C12",
    "ext4, e2fsck, 8, Operational error",
    "ext4, e2fsck, 137, Killed",
    "xfs, xfs_repair, 1, Found unsupported filesystem features.  Exiting now.",
    "xfs, xfs_repair, 137, Killed"
  })
  void aCheckThatCannotCheckSaysNothingOfTheSet(String type, String program, int code, String words)
      throws IOException {
    Path programs = Files.createTempDirectory("freezeframe-programs");
    try (Volume volume = new Volume(type)) {
      Path check = programs.resolve(program);
      Shell.write(check, "#!/bin/sh\necho '%s'\nexit %d\n".formatted(words, code));
      Shell.must("chmod", "755", programs.toString(), check.toString());
      instance.attach(volume);

      Answer answer =
          instance.validate(
              instance
                  .guest(SsmDocument.DRILL_FILESYSTEM)
                  .environment("PATH", programs + ":" + System.getenv("PATH")));

      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(201);
      assertThat(answer.stamp("checked").values()).containsEntry("result", "unknown");
      assertThat(answer.stamp("failed").values().get("cause")).contains("cannot be checked here");
      instance.assertNothingIsLeft();
    } finally {
      Shell.must("rm", "-rf", programs.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aMemberThatIsOlderThanTheOtherIsDamage(String type) {
    try (Volume first = new Volume(type);
        Volume second = new Volume(type)) {
      Shell.write(second.mountPoint().resolve("payments"), "before");
      held(() -> instance.attach(second), first, second);
      Instant then = Instant.now();
      Shell.await("another second", () -> Instant.now().isAfter(then.plusSeconds(3)));
      Shell.write(first.mountPoint().resolve("orders"), "after");
      Shell.write(second.mountPoint().resolve("payments"), "after");
      held(() -> instance.attach(first), first, second);

      Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM).with("spreadSeconds", "1");
      Answer answer = instance.validate(guest);
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(214);
      assertThat(answer.stamp("failed").values().get("cause"))
          .contains("vol-00000000000000001 was last written")
          .contains("it is of another time");
      assertThat(instance.validate().exitCode()).as("where it is not compared").isZero();
      instance.assertNothingIsLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs"})
  void aDestroyedSuperblockIsNoMount(String type) {
    try (Volume volume = new Volume(type);
        Volume whole = new Volume("ext4")) {
      Path copy = instance.copy(volume);
      Shell.must("dd", "if=/dev/zero", "of=" + copy, "bs=4096", "count=1", "conv=notrunc");
      instance.attach(copy);
      attachFrozen(whole);
      Answer answer = fails(213);
      assertThat(answer.causes()).contains("a superblock may be destroyed");
      assertThat(answer.stamp("checked").values())
          .as("the other one")
          .containsEntry("result", "clean");
    }
  }

  @Test
  void aSuperblockThatIsRecognisedAndWrongIsNoMount() {
    try (Volume volume = new Volume("ext4")) {
      Path copy = instance.copy(volume);
      // The count of inodes in a group.
      Shell.must(
          "sh",
          "-c",
          "printf '\\377\\377\\377\\377' | dd of=" + copy + " bs=1 seek=1064 conv=notrunc");
      instance.attach(copy);
      assertThat(fails(213).causes()).contains("vol-00000000000000001");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ext4 | debugfs -w -R 'set_inode_field <2> links_count 77'",
        "xfs  | xfs_db -x -c 'sb 0' -c 'addr rootino' -c 'write -d core.nlinkv2 77'"
      })
  void damageThatAMountDoesNotSeeIsFoundByTheCheck(String type, String damage) {
    try (Volume volume = new Volume(type)) {
      Shell.must("umount", volume.path());
      Path copy = instance.copy(volume);
      volume.mount();
      Shell.must("sh", "-c", damage + " " + copy);
      instance.attach(copy);
      Answer answer = fails(214);
      assertThat(answer.stamp("checked").values()).containsEntry("result", "damaged");
    }
  }

  @Test
  void aMemberThatIsNotAttachedIsNamed() {
    try (Volume volume = new Volume("ext4")) {
      instance.attach(volume);
      instance.miss();
      Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM).with("timeoutSeconds", "4");
      for (Answer answer : List.of(instance.dryRun(guest), instance.validate(guest))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(211);
        assertThat(answer.causes())
            .isEqualTo("not attached within 1 s: vol-ffffffffffffffff0 (/dev/sdz)");
      }
      instance.assertNothingIsLeft();
    }
  }

  @Test
  void whereNoDiskHasASerialNumberAMemberIsFoundByItsName() {
    try (Volume volume = new Volume("ext4")) {
      Path copy = instance.copy(volume);
      instance.attachByName(copy);
      Answer answer = instance.validate();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
    }
  }

  @Test
  void aMemberThatIsMountedIsNotTouched() {
    try (Volume volume = new Volume("ext4")) {
      String device = instance.attach(volume);
      instance.namespace.must("mkdir", "/run/root");
      instance.namespace.must("mount", device, "/run/root");
      Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM);
      for (Answer answer : List.of(instance.dryRun(guest), instance.validate(guest))) {
        assertThat(answer.exitCode()).as(answer.output()).isEqualTo(212);
        assertThat(answer.causes()).isEqualTo("/run/root is on the member vol-00000000000000001");
        assertThat(answer.events()).containsExactly("failed");
      }
      instance.namespace.must("umount", "/run/root");
    }
  }

  @Test
  void thatWhichCannotBeCheckedIsNamedAndNothingElseIsNothingToCheck() {
    try (Volume volume = new Volume("ext4")) {
      Path swap = instance.copy(volume);
      Shell.must("sh", "-c", "truncate -s 0 " + swap + " && truncate -s 16M " + swap);
      Path empty = instance.copy(volume);
      Shell.must("sh", "-c", "truncate -s 0 " + empty + " && truncate -s 16M " + empty);
      Shell.must("mkswap", swap.toString());
      instance.attach(swap);
      instance.attach(empty);
      assertThat(fails(217).causes()).contains("swap empty");
      attachFrozen(volume);
      Answer answer = instance.validate();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
      assertThat(
              answer.stamps().stream()
                  .filter(stamp -> stamp.event().equals("skipped"))
                  .map(stamp -> stamp.values().get("kind")))
          .containsExactly("swap", "empty");
    }
  }

  @Test
  void partitionsAreCheckedOneByOne() {
    try (Volume first = new Volume("ext4", "20M");
        Volume second = new Volume("ext4", "20M")) {
      Path disk = instance.copy(first);
      Shell.must("sh", "-c", "truncate -s 0 " + disk + " && truncate -s 48M " + disk);
      // A table, as on a disk whose kernel reads it; these kernels are told.
      Shell.must(
          "sh", "-c", "printf '\\125\\252' | dd of=%s bs=1 seek=510 conv=notrunc".formatted(disk));
      held(
          () -> {
            for (int i = 0; i < 2; i++) {
              Volume volume = List.of(first, second).get(i);
              Shell.must(
                  "dd",
                  "if=" + volume.image(),
                  "of=" + disk,
                  "bs=1M",
                  "seek=" + (1 + 20 * i),
                  "conv=notrunc");
            }
          },
          first,
          second);
      String device = instance.attach(disk);
      Shell.must("addpart", device, "1", "2048", "40960");
      Shell.must("addpart", device, "2", "43008", "40960");
      Answer answer = instance.validate();
      assertThat(answer.exitCode()).as(answer.output()).isZero();
      assertThat(answer.stamp("validated").values()).containsEntry("file-systems", "2");
      instance.assertNothingIsLeft();
    }
  }

  @Test
  void aValidationThatTakesTooLongGivesUp() {
    try (Volume volume = new Volume("ext4")) {
      instance.attach(volume);
      instance.program("check", "sleep 600");
      Guest guest =
          instance
              .guest(SsmDocument.DRILL_FILESYSTEM)
              .with("script", "check")
              .with("timeoutSeconds", "4");
      Answer answer = instance.validate(guest);
      assertThat(answer.exitCode()).as(answer.output()).isEqualTo(201);
      assertThat(answer.causes()).contains("not done within 4 s");
      instance.assertNothingIsLeft();
    }
  }

  @Test
  void aSecondCommandWaitsAndIsThenRefused() {
    try (Volume volume = new Volume("ext4")) {
      instance.attach(volume);
      instance.program("check", "sleep 600");
      Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM).with("timeoutSeconds", "30");
      Path output = guest.newFile("first");
      Process first = guest.with("script", "check").start("validate", instance.drill, output);
      Shell.await(
          "the first one is at its check",
          () -> Shell.succeeds("grep", "-q", "checked", output + ""));
      Answer second = instance.validate(guest);
      assertThat(second.exitCode()).as(second.output()).isEqualTo(204);
      assertThat(second.events()).containsExactly("refused");
      assertThat(first.isAlive()).isTrue();
      DrillInstance.kill(guest);
      instance.assertNothingIsLeft();
    }
  }
}
