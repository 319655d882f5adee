package dev.freezeframe.documents;

import dev.freezeframe.restore.guest.GuestHint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A data volume: a real file system on a loop device, mounted in a folder whose name has a space.
 */
final class Volume implements AutoCloseable {

  private static final Map<String, String> SIZES =
      Map.of("btrfs", "128M", "ext4", "48M", "xfs", "300M");

  private final Path folder;
  private final Path image;
  private final String type;
  private String disk = "";

  Volume(String type) {
    this(type, SIZES.get(type));
  }

  Volume(String type, String size) {
    this(type, size, Optional.empty());
  }

  /** One whose disk is a file of another: it hangs while that one is frozen. */
  static Volume on(Volume carrier, String type) {
    return new Volume(type, SIZES.get(type), Optional.of(carrier.mountPoint()));
  }

  private Volume(String type, String size, Optional<Path> carrier) {
    OneAtATime.hold();
    this.type = type;
    assumeLoopMounts(type);
    try {
      folder = Files.createTempDirectory("freezeframe-volume");
      Files.createDirectory(mountPoint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    image = carrier.orElse(folder).resolve("image of " + folder.getFileName());
    Shell.must("truncate", "-s", size, image().toString());
    Shell.must("mkfs." + type, "-q", image().toString());
    mount();
  }

  /** One on a loop device that stays when nothing is mounted from it, as a disk does. */
  static Volume onDisk(String type) {
    Volume volume = new Volume(type);
    Shell.must("umount", volume.path());
    volume.disk = Shell.must("losetup", "--find", "--show", volume.image.toString()).trim();
    volume.mount();
    return volume;
  }

  private static void assumeLoopMounts(String type) {
    Machine.needs(Shell.must("id", "-u").trim().equals("0"), "loop mounts want root");
    Machine.needs(Files.exists(Path.of("/dev/loop-control")), "the machine has no loop devices");
    Machine.needs(Shell.has("mkfs." + type), "mkfs." + type + " is not installed");
  }

  void mount() {
    if (disk.isEmpty()) {
      Shell.must("mount", "-o", "loop", image().toString(), path());
    } else {
      Shell.must("mount", "-o", "noatime,nosuid", disk, path());
    }
  }

  boolean mounted() {
    return Shell.succeeds("mountpoint", "-q", path());
  }

  /** The kernel's line of it without what is another with each mount; empty: it is not mounted. */
  String mountLine() {
    return Shell.must("cat", "/proc/self/mountinfo")
        .lines()
        .filter(line -> line.contains(" " + path().replace(" ", "\\040") + " "))
        .map(line -> line.replaceFirst("^\\S+ \\S+ ", ""))
        .collect(Collectors.joining("\n"));
  }

  Path mountPoint() {
    return folder.resolve("data volume");
  }

  Path image() {
    return image;
  }

  String device() {
    if (!disk.isEmpty()) {
      return disk;
    }
    return Shell.must("findmnt", "--noheadings", "--output", "SOURCE", path()).trim();
  }

  String path() {
    return mountPoint().toString();
  }

  /** Whether a write to it does not come back; asked with what changes nothing. */
  boolean frozen() {
    // Frozen is where a change has waited in the kernel for 0.25 s, not where it has not run yet.
    String probe =
        """
        exec 3< <(exec rmdir "$1/.not-there" 2>&1)
        for ((waited = 0; waited < 5; )); do
          read -r -t 0.05 -u 3 _
          (($? > 128)) || exit 0
          if [[ $(</proc/$!/stat) == *') D '* ]]; then waited=$((waited + 1)); else waited=0; fi
        done
        exit 1
        """;
    return !Shell.succeeds("bash", "-c", probe, "bash", path());
  }

  void freeze() {
    Shell.must("fsfreeze", "--freeze", path());
  }

  boolean thaw() {
    return Shell.succeeds("fsfreeze", "--unfreeze", path());
  }

  /** Copies the volume as it is at this instant, as a snapshot would. */
  Copy copy() {
    Path copy = folder.resolve("copy");
    Shell.must("cp", "--sparse=always", image().toString(), copy.toString());
    return new Copy(copy);
  }

  @Override
  public void close() {
    thaw();
    while (Shell.succeeds("mountpoint", "-q", path())) {
      Shell.must("umount", "--lazy", path());
    }
    if (!disk.isEmpty()) {
      Shell.run("losetup", "--detach", disk);
    }
    Shell.must("rm", "-rf", folder.toString());
  }

  /** A copy of the volume, as it would be restored. */
  final class Copy {

    private final Path image;

    private Copy(Path image) {
      this.image = image;
    }

    /**
     * Checks it without repair. A frozen XFS keeps its log marked as dirty, so that a mount looks
     * for unlinked files that were open; the check wants that mount to have been.
     */
    Answer check() {
      if (type.equals("xfs")) {
        mounted(folder -> {});
      }
      return checkUnmounted();
    }

    /**
     * Whether nothing in it waits to be replayed from its journal: a mount would change nothing.
     */
    boolean needsNoReplay() {
      return type.equals("xfs")
          ? Shell.must("xfs_logprint", "-t", image.toString()).contains("state: <CLEAN>")
          : !Shell.must("dumpe2fs", "-h", image.toString()).contains("needs_recovery");
    }

    /** Checks it as it is, without the mount that a frozen XFS wants first. */
    Answer checkUnmounted() {
      return type.equals("xfs")
          ? Shell.run("xfs_repair", "-n", image.toString())
          : Shell.run("e2fsck", "-f", "-n", image.toString());
    }

    /** The file that it is in. */
    String disk() {
      return image.toString();
    }

    /** What is printed for its file system. */
    FollowedHints followed() {
      return new FollowedHints().on(GuestHint.Topic.valueOf(type.toUpperCase(Locale.ROOT)));
    }

    /** Mounts it for a while; writable, as a restored volume is. */
    void mounted(Consumer<Path> use) {
      Path target = folder.resolve("restored");
      try {
        Files.createDirectories(target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      String options = type.equals("xfs") ? "loop,nouuid" : "loop";
      Shell.must("mount", "-o", options, image.toString(), target.toString());
      try {
        use.accept(target);
      } finally {
        Shell.must("umount", target.toString());
      }
    }
  }
}
