package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drill document that is sent to any machine but the instance of its drill does nothing. */
class DrillRefusalTest {

  private DrillInstance instance;
  private Volume volume;
  private Path copy;
  private String before;

  @BeforeEach
  void launch() {
    volume = new Volume("ext4");
    instance = new DrillInstance();
    copy = instance.copy(volume);
    before = sum();
    instance.attach(copy);
  }

  @AfterEach
  void terminate() {
    instance.close();
    volume.close();
  }

  private String sum() {
    return Shell.must("sha256sum", copy.toString());
  }

  /** Both commands; not a byte of the member is written. */
  private void refused(String execution, String cause) {
    for (SsmDocument document : SsmDocument.values()) {
      if (document.isDrill()) {
        for (String command : List.of("dry-run", "validate")) {
          Answer answer = instance.guest(document).run(command, execution);
          assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
          assertThat(answer.events()).containsExactly("refused");
          assertThat(answer.causes()).contains(cause);
          StampShape.assertGolden(document, command, answer);
        }
      }
    }
    assertThat(sum()).isEqualTo(before);
    assertThat(instance.inUse()).isFalse();
  }

  @Test
  void anOrdinaryMachineHasNoProof() {
    instance.namespace.must("rm", "-r", "/run/freezeframe");
    refused(instance.drill, "this is no drill instance");
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "00000000-0000-4000-8000-000000000000"})
  void theInstanceOfAnotherDrillIsLeftAlone(String execution) {
    refused(execution, "this is the instance of the drill " + instance.drill);
  }

  @Test
  void aProofThatSaysNoneIsNone() {
    instance.prove("None");
    refused("None", "this is the instance of the drill None");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chmod 666", "chmod 620", "chown nobody"})
  void aProofThatAnotherCouldHaveWrittenIsNone(String change) {
    instance.namespace.must("sh", "-c", change + " /run/freezeframe/drill");
    refused(instance.drill, "is not root's alone to write");
  }

  @Test
  void aProofThatOutlivesABootIsNone() {
    try (Volume disk = new Volume("ext4")) {
      Shell.must("mkdir", disk.path() + "/freezeframe");
      Shell.write(disk.mountPoint().resolve("freezeframe/drill"), instance.drill + "\n");
      instance.namespace.must("mkdir", "/run/disk");
      instance.namespace.must("mount", disk.image().toString(), "/run");
      try {
        refused(instance.drill, "not memory");
      } finally {
        instance.namespace.must("umount", "/run");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vol-00000000000000001:/dev/sdf,vol-00000000000000001:/dev/sdg",
        "vol-00000000000000001:/dev/sdf,vol-00000000000000002:/dev/sdf",
        "vol-00000000000000001:/dev/sdfvol-00000000000000002:/dev/sdg"
      })
  void membersThatAreNotToldApartAreRefused(String members) {
    Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM).with("members", members);
    Answer answer = instance.validate(guest);
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.events()).containsExactly("problem", "refused");
    StampShape.assertGolden(SsmDocument.DRILL_FILESYSTEM, "validate", answer);
  }

  @Test
  void aProgramThatIsNotRootsAloneIsNotRun() {
    instance.program("check", "exit 0");
    Guest guest = instance.guest(SsmDocument.DRILL_FILESYSTEM).with("script", "check");
    assertThat(instance.validate(guest).exitCode()).isZero();
    Shell.must("chmod", "775", instance.own("check").toString());
    Answer writable = instance.dryRun(guest);
    assertThat(writable.exitCode()).isEqualTo(206);
    assertThat(writable.causes()).contains("is not root's alone to write");
    Shell.must("rm", instance.own("check").toString());
    Answer missing = instance.dryRun(guest);
    assertThat(missing.exitCode()).isEqualTo(206);
    assertThat(missing.causes()).contains("is not there");
  }
}
