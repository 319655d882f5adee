package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A volume with a writer in a unit, and a second unit in front of that; and how both were. */
abstract class UnmountTrial {

  static final String UNIT = "orders.service";
  static final String FRONT = "front.service";

  @TempDir Path folder;

  final String execution = Guest.newExecution();
  Volume volume;
  StandInSystemctl systemctl;
  UnitWriter writer;
  Guest guest;
  private String before;

  /** Of the file system. */
  abstract String type();

  @BeforeEach
  void mount() {
    volume = Volume.onDisk(type());
    systemctl = new StandInSystemctl(folder);
    writer = new UnitWriter(volume.mountPoint().resolve("log"), folder.resolve("acknowledged"));
    systemctl.unit(UNIT, writer.command()).unit(FRONT, "exec sleep 600");
    writer.awaitNext();
    systemctl.forgetCalls();
    guest = guest();
    before = volume.mountLine();
  }

  Guest guest() {
    return systemctl
        .in(new Guest(SsmDocument.UNMOUNT))
        .with("mountPoints", volume.path())
        .with("units", FRONT + "," + UNIT)
        .timer("30");
  }

  @AfterEach
  void unmount() {
    if (guest != null) {
      guest.close();
    }
    if (systemctl != null) {
      systemctl.close();
    }
    if (volume != null) {
      volume.close();
    }
  }

  Answer pre() {
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(volume.mounted()).isFalse();
    return pre;
  }

  /** The mount, its options and the units are as before, and they work. */
  void assertAllIsBack() {
    assertMountedAsBefore();
    assertThat(systemctl.runs(UNIT)).isTrue();
    assertThat(systemctl.runs(FRONT)).isTrue();
    writer.awaitNext();
    assertThat(Guest.leftovers()).isEmpty();
  }

  void assertMountedAsBefore() {
    assertThat(volume.mountLine()).isEqualTo(before);
  }
}
