package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a dry run of unmount finds, and touches nothing. */
class UnmountRefusalTest extends UnmountTrial {

  @Override
  String type() {
    return "ext4";
  }

  private void assertRefused(String... causes) {
    Answer answer = guest.dryRun();
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(206);
    assertThat(answer.causes()).contains(causes);
    assertThat(systemctl.calls()).isEmpty();
  }

  private Path directory(String name) {
    Path path = folder.resolve(name);
    Shell.must("mkdir", path.toString());
    return path;
  }

  @Test
  void aBindMountOfItElsewhereThatGoesWithNoUnit() {
    Path bound = directory("bound");
    Shell.must("mount", "--bind", volume.path(), bound.toString());
    assertRefused(volume.path() + " is mounted at " + bound + " too");

    systemctl.unit("bound.mount", "exec sleep 600").says("bound.mount", "Where=" + bound);
    systemctl.before("stop", "bound.mount", "umount '" + bound + "'");
    systemctl.before(
        "start", "bound.mount", "mount --bind '" + volume.path() + "' '" + bound + "'");
    guest.with("units", "bound.mount," + FRONT + "," + UNIT);
    pre();
    assertThat(guest.post(execution).exitCode()).isZero();
    assertThat(Shell.succeeds("mountpoint", "-q", bound.toString())).isTrue();
    Shell.must("umount", bound.toString());
    assertAllIsBack();
  }

  @Test
  void aMountBelowThatIsNotNamed() {
    try (Volume inner = Volume.onDisk("xfs")) {
      Path below = volume.mountPoint().resolve("below");
      Shell.must("mkdir", below.toString());
      Shell.must("umount", inner.path());
      Shell.must("mount", inner.device(), below.toString());
      assertRefused(below + " is mounted below " + volume.path());

      guest.with("mountPoints", volume.path() + "," + below);
      pre();
      assertThat(guest.post(execution).exitCode()).isZero();
      assertThat(Shell.succeeds("mountpoint", "-q", below.toString())).isTrue();
      assertAllIsBack();
      Shell.must("umount", below.toString());
    }
  }

  @Test
  void aLoopDeviceThatWouldGoWithTheMount() {
    try (Volume loop = new Volume("ext4")) {
      guest.with("mountPoints", loop.path());
      assertRefused("is on a loop device that would go with the mount");
    }
  }

  @Test
  void aLoopDeviceOnAFileOfIt() {
    try (Volume carried = Volume.on(volume, "ext4")) {
      assertRefused(" is in use: the disk of /dev/loop", " is a file of it");
      assertThat(carried.mounted()).isTrue();
    }
  }

  @Test
  void aContainerThatHasIt() {
    try (Namespace container = new Namespace("1m")) {
      container.must("test", "-d", volume.path());
      assertRefused(" has it in a mount namespace of its own");
    }
  }

  @Test
  void theRootAndWhatTheGuestNeeds() {
    Path root = directory("root");
    Shell.must("mount", "--bind", "/", root.toString());
    guest.with("mountPoints", root.toString());
    assertRefused(root + " is on the root file system, which is never unmounted");
    Shell.must("umount", root.toString());
    try (Namespace other = new Namespace("8m")) {
      other.must("mount", "--bind", volume.path(), "/boot");
      guest.in(other).with("mountPoints", volume.path());
      assertRefused(volume.path() + " holds /boot, which must stay writable");
    }
  }

  @Test
  void aUnitThatCannotBeStoppedAlone() {
    List<String[]> rows =
        List.of(
            row(UNIT, "BoundBy=front.service", "front.service would stop with orders.service"),
            row(UNIT, "RequiredBy=front.service", "front.service would stop with orders.service"),
            row(UNIT, "TriggeredBy=front.service", "front.service may start orders.service again"),
            row(UNIT, "ActiveState=activating", "is activating, neither running nor stopped"),
            row(UNIT, "LoadState=masked", "cannot be used: it is masked to systemd"),
            row(UNIT, "Id=orders.target", "expected a service, socket, timer, path or mount"),
            row("missing.service", "", "cannot be used: it is not-found to systemd"));
    for (String[] row : rows) {
      systemctl.says(row[0], row[1]);
      guest.with("units", row[0]);
      assertRefused(row[2]);
    }
  }

  private static String[] row(String unit, String says, String cause) {
    return new String[] {unit, says, cause};
  }

  @Test
  void theGuestsOwnFileSaysWhatIsUnmountedAndRootAloneMayWriteIt() {
    Path file = folder.resolve("unmount.conf");
    guest.edited(Map.of("/etc/freezeframe/unmount.conf", file.toString()));
    guest.with("mountPoints", "guest").with("units", "guest");
    assertRefused(file + " cannot be read");
    Shell.write(
        file, "# ours\n\nmountPoints=" + volume.path() + "\nunits=" + FRONT + "," + UNIT + "\n");
    Shell.must("chmod", "666", file.toString());
    assertRefused(file + " is not root's alone to write (owner 0, mode 666)");
    Shell.must("chmod", "644", file.toString());
    pre();
    assertThat(guest.post(execution).exitCode()).isZero();
    assertAllIsBack();
    systemctl.forgetCalls();
    Shell.write(file, "mountpoints=/data\n");
    assertRefused(file + " says 'mountpoints=/data', expected mountPoints=/data,/logs or units=");
    Shell.write(file, "units=none\n");
    assertRefused(file + " has no line mountPoints=");
  }
}
