package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units, mount units and automounts of a real systemd. */
class UnmountUnderSystemdTest {

  private static final String UNIT = "orders.service";

  @TempDir Path folder;

  private final String execution = Guest.newExecution();
  private Volume volume;
  private Systemd systemd;
  private UnitWriter writer;
  private Guest guest;
  private String mountUnit;

  @BeforeEach
  void start() {
    volume = Volume.onDisk("ext4");
    Shell.must("umount", volume.path());
    systemd = new Systemd(folder.resolve("systemd.log"));
    writer = new UnitWriter(volume.mountPoint().resolve("log"), folder.resolve("acknowledged"));
    Shell.write(folder.resolve("writer.sh"), writer.command());
    mountUnit = systemd.must("systemd-escape", "--path", "--suffix=mount", volume.path()).trim();
    unit(
        mountUnit,
        "[Mount]\nWhat=%s\nWhere=%s\nType=ext4\nOptions=noatime,nosuid\n"
            .formatted(volume.device(), volume.path()));
    unit(
        UNIT,
        "[Unit]\nRequires=%1$s\nAfter=%1$s\n[Service]\nExecStart=/bin/bash %2$s/writer.sh\n"
            .formatted(mountUnit, folder));
    guest =
        new Guest(SsmDocument.UNMOUNT)
            .behind(systemd.enterAgent())
            .with("mountPoints", volume.path())
            .with("units", UNIT)
            .timer("30");
  }

  @AfterEach
  void end() {
    if (guest != null) {
      guest.close();
    }
    if (systemd != null) {
      systemd.close();
    }
    if (volume != null) {
      volume.close();
    }
  }

  private void unit(String name, String content) {
    systemd.must("bash", "-c", "printf '%s' \"$2\" >\"/run/units/$1\"", "bash", name, content);
    systemd.must("systemctl", "daemon-reload");
  }

  private String state(String unit) {
    return systemd
        .must("systemctl", "show", "--property=ActiveState", "--value", "--", unit)
        .trim();
  }

  private String mountLines() {
    return systemd.must(
        "sh",
        "-c",
        "grep -F ' "
            + volume.path().replace(" ", "\\040")
            + " ' /proc/self/mountinfo | cut -d' ' -f3- || true");
  }

  private String units() {
    return systemd.must(
        "sh", "-c", "systemctl list-units --all --plain --no-legend | awk '{print $1, $3, $4}'");
  }

  @Test
  void anAutomountIsNotFooledAndTheWriterFindsEverythingAsItWas() {
    String automount = mountUnit.replaceFirst("mount$", "automount");
    unit(automount, "[Automount]\nWhere=%s\n".formatted(volume.path()));
    systemd.must("systemctl", "start", automount);
    systemd.must("systemctl", "start", UNIT);
    writer.awaitNext();
    String before = mountLines();
    String unitsBefore = units();
    assertThat(before).contains(" autofs ", " ext4 ");

    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(pre.stamp("unit-stopped").values()).containsEntry("unit", UNIT);
    assertThat(mountLines()).isEmpty();
    systemd.run("ls", volume.path() + "/log");
    assertThat(mountLines()).as("an access mounts nothing").isEmpty();
    Volume.Copy copy = volume.copy();
    assertThat(copy.needsNoReplay()).isTrue();
    copy.mounted(restored -> writer.assertHasAll(restored.resolve("log")));

    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    assertThat(post.stamp("unit-started").values()).containsEntry("state", "active");
    writer.awaitNext();
    // Of an automount number, pipe and descriptor are others each time.
    String numbers = "(?m)^0:\\d+|pipe_ino=\\d+|fd=\\d+";
    assertThat(mountLines().replaceAll(numbers, "")).isEqualTo(before.replaceAll(numbers, ""));
    Shell.await("the timer's unit is gone", () -> !units().contains("freezeframe-" + execution));
    assertThat(units()).isEqualTo(unitsBefore);
    assertThat(systemd.must("ls", "-A", "/run")).doesNotContain("freezeframe");
  }

  @Test
  void theTimerMountsAndStartsThoughTheAgentIsStopped() {
    systemd.must("systemctl", "start", UNIT);
    writer.awaitNext();
    String before = mountLines();
    Answer pre = guest.timer("6").pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    systemd.must("systemctl", "stop", "agent");
    Shell.await("it is mounted and started", () -> state(UNIT).equals("active"));
    assertThat(mountLines()).isEqualTo(before);
    systemd.must("systemctl", "start", "agent");
    assertThat(guest.post(execution).exitCode()).isEqualTo(203);
  }

  @Test
  void whatSystemdWouldStopOrStartBesidesIsNamed() {
    unit(
        "bound.service",
        "[Unit]\nBindsTo=%1$s\nAfter=%1$s\n[Service]\nExecStart=/bin/sleep 600\n"
            .formatted(mountUnit));
    unit("front.service", "[Unit]\nRequires=orders.service\n[Service]\nExecStart=/bin/sleep 600\n");
    unit("orders.timer", "[Timer]\nOnActiveSec=1h\n");
    systemd.must("mount", "--make-rshared", "/");
    unit("apart.service", "[Service]\nPrivateMounts=yes\nExecStart=/bin/sleep 600\n");
    systemd.must("systemctl", "start", UNIT, "bound", "front", "orders.timer");
    writer.awaitNext();
    systemd.must("systemctl", "start", "apart");

    Answer dry = guest.with("units", "agent.service," + UNIT).dryRun();
    assertThat(dry.exitCode()).as(dry.output()).isEqualTo(206);
    assertThat(dry.causes())
        .contains(
            "the unit agent.service runs this script",
            "front.service would stop with orders.service",
            "orders.timer may start orders.service again",
            "bound.service would stop with the mount of " + volume.path())
        .doesNotContain("apart");

    guest.with("units", "orders.timer,front.service,bound.service," + UNIT);
    Answer pre = guest.pre(execution);
    assertThat(pre.exitCode()).as(pre.output()).isZero();
    assertThat(state("apart.service")).isEqualTo("active");
    Answer post = guest.post(execution);
    assertThat(post.exitCode()).as(post.output()).isZero();
    for (String unit : new String[] {UNIT, "bound.service", "front.service", "orders.timer"}) {
      assertThat(state(unit)).as(unit).isEqualTo("active");
    }
    assertThat(mountLines()).contains(" shared:");
    writer.awaitNext();
  }
}
