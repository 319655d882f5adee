package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds a layout in a mount namespace of its own, lets its fault happen, and looks. */
final class LayoutTrial implements AutoCloseable {

  private static final int SECONDS = 3;

  /** As documented; 137 is a kill. */
  private static final List<Integer> ENDINGS = List.of(0, 137, 201, 206);

  private static final Duration PROMISED = Duration.ofSeconds(2);

  /**
   * Mounts what is in a file with another device between: a logical volume where the kernel has the
   * device mapper, else a loop device on the loop device. Both go when nothing uses them.
   */
  private static final String MAP =
      """
      map() {
        disk=$(losetup --find --show "$2")
        if dmsetup version >/dev/null 2>&1; then
          dmsetup create "$4" --table "0 $(blockdev --getsz "$disk") linear $disk 0"
          mount -o "$1" "/dev/mapper/$4" "$3"
          dmsetup remove --deferred "$4"
        else
          mount -o "loop,$1" "$disk" "$3"
        fi
        losetup --detach "$disk"
      }
      """;

  private final Layout layout;
  private final Path folder;
  private final Namespace namespace = new Namespace("8m");
  private final List<String> devices;
  private final Process holder;
  private final Guest guest = new Guest(SsmDocument.FILESYSTEM);
  private final String execution = Guest.newExecution();
  private final String state = "/run/freezeframe/" + execution;

  /**
   * Mounts everything.
   *
   * @param images of an empty file system of each type, to be copied
   */
  LayoutTrial(Layout layout, Path images) {
    this.layout = layout;
    try {
      folder = Files.createTempDirectory("freezeframe-layout");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StringBuilder script = new StringBuilder(MAP).append("mount -t tmpfs tmpfs /mnt\n");
    String[] all = new String[layout.disks().size()];
    for (int i = 0; i < all.length; i++) {
      Layout.Disk disk = layout.disks().get(i);
      Path below = disk.carrier() < 0 ? folder : Path.of(mountPoint(disk.carrier()));
      if (layout.fault() == Layout.Fault.HANG && i == layout.victim()) {
        // A disk that can be made to hang: a file of a file system that is no part of the plan.
        script.append(copy(images.resolve("ext4"), below.resolve("base"), "/mnt/base"));
        script.append("mount -o loop '%s' /mnt/base%n".formatted(below.resolve("base")));
        below = Path.of("/mnt/base");
      }
      all[i] = mountPoint(i);
      Path image = below.resolve("image" + i);
      script.append(copy(images.resolve(disk.type()), image, all[i]));
      String options = disk.type().equals("xfs") ? "rw,nouuid" : "rw";
      script.append(
          disk.mapped()
              ? "map %s '%s' %s %s-%d%n".formatted(options, image, all[i], folder.getFileName(), i)
              : "mount -o loop,%s '%s' %s%n".formatted(options, image, all[i]));
    }
    List<String> seen = new ArrayList<>(List.of(all));
    for (int i = 0; i < all.length; i++) {
      if (layout.disks().get(i).bound()) {
        script.append("mkdir /mnt/bound%d; mount --bind %s /mnt/bound%d%n".formatted(i, all[i], i));
        seen.add("/mnt/bound" + i);
      }
    }
    for (String target : all) {
      script.append("findmnt --noheadings --output SOURCE ").append(target).append('\n');
    }
    devices = namespace.must("sh", "-ec", script.toString()).lines().toList();
    holder = hold();
    namespace.keepOnly(seen.toArray(String[]::new));
    guest
        .in(namespace)
        .with("autoThawSeconds", Integer.toString(SECONDS))
        .with(
            "mountPoints",
            layout.auto()
                ? "auto"
                : layout.order().stream()
                    .map(LayoutTrial::mountPoint)
                    .collect(Collectors.joining(",")));
  }

  private static String mountPoint(int disk) {
    return "/mnt/parent%d/disk%d".formatted(disk, disk);
  }

  private static String copy(Path image, Path copy, String target) {
    return "cp --sparse=always '%s' '%s'; mkdir -p %s%n".formatted(image, copy, target);
  }

  /** Keeps the loop devices from becoming another's when nothing is mounted from them any more. */
  private Process hold() {
    List<String> line = new ArrayList<>(namespace.enter());
    line.addAll(
        List.of(
            "bash",
            "-c",
            "for device; do exec {held}<\"$device\"; done; echo held >&2; read -r _",
            "bash"));
    line.addAll(devices);
    Path told = guest.newFile("held");
    try {
      Process process = new ProcessBuilder(line).redirectError(told.toFile()).start();
      Shell.await("the devices are held", () -> Shell.succeeds("grep", "-qx", "held", told + ""));
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong in the end; empty: nothing. */
  String violation() {
    Path output = guest.newFile("pre");
    Process pre = guest.startInGroup("pre-script", execution, output);
    Instant started = Instant.now();
    switch (layout.fault()) {
      case HANG -> after(layout.delay(), "fsfreeze --freeze /mnt/base");
      case KILL_PRE_SCRIPT -> {
        Shell.pause(Duration.ofMillis(layout.delay()));
        Shell.run("kill", "-KILL", "--", "-" + pre.pid());
      }
      default -> {}
    }
    Shell.await("the pre-script ends", Duration.ofSeconds(30), () -> !pre.isAlive());
    if (!ENDINGS.contains(pre.exitValue())) {
      return "pre-script " + pre.exitValue() + ": " + Shell.must("cat", output.toString());
    }
    befall();
    List<Layout.Fault> posts =
        List.of(
            Layout.Fault.NONE,
            Layout.Fault.LAZY_UNMOUNT,
            Layout.Fault.RENAME,
            Layout.Fault.REMOUNT,
            Layout.Fault.HANG);
    if (posts.contains(layout.fault())) {
      Answer post = guest.post(execution);
      boolean clean = pre.exitValue() == 0 && layout.fault() != Layout.Fault.HANG;
      if (clean && post.exitCode() != 0 && !late(started)) {
        return "post-script " + post.exitCode() + ": " + post.output();
      }
    }
    Set<Integer> frozen = awaitThaw(started.plusSeconds(SECONDS + 1).plus(PROMISED));
    if (layout.fault() == Layout.Fault.HANG) {
      frozen.removeIf(layout::standsOnVictim);
      namespace.run("fsfreeze", "--unfreeze", "/mnt/base");
      if (frozen.isEmpty()) {
        frozen = awaitThaw(Instant.now().plusSeconds(6));
      }
    }
    if (frozen.isEmpty()) {
      return "";
    }
    return "frozen: " + frozen + "\n" + Shell.must("cat", output.toString());
  }

  private boolean late(Instant started) {
    return Instant.now().isAfter(started.plusSeconds(SECONDS));
  }

  private void after(int millis, String command) {
    Shell.pause(Duration.ofMillis(millis));
    namespace.run("sh", "-c", command);
  }

  private void befall() {
    String victim = mountPoint(layout.victim());
    switch (layout.fault()) {
      case KILL_TIMER -> timer("kill -KILL $1");
      case KILL_TIMER_AND_SPARE -> timer("kill -KILL $1 $3");
      case STOP_TIMER -> timer("kill -STOP $1");
      case REMOUNT -> namespace.run("mount", "-o", "remount,ro", victim);
      case LAZY_UNMOUNT -> namespace.run("umount", "--lazy", victim);
      case RENAME ->
          namespace.run("mv", "/mnt/parent" + layout.victim(), "/mnt/moved" + layout.victim());
      case REMOVE_STATE -> namespace.run("rm", "-rf", state);
      case KILL_POST_SCRIPT -> {
        Process post = guest.startInGroup("post-script", execution, guest.newFile("post"));
        Shell.pause(Duration.ofMillis(layout.delay() / 4));
        Shell.run("kill", "-KILL", "--", "-" + post.pid());
      }
      default -> {}
    }
  }

  private void timer(String command) {
    namespace.run("sh", "-c", "set -- $(cat " + state + "/armed 2>/dev/null); " + command);
  }

  private Set<Integer> awaitThaw(Instant limit) {
    Set<Integer> frozen = frozen();
    while (!frozen.isEmpty() && Instant.now().isBefore(limit)) {
      Shell.pause(Duration.ofMillis(100));
      frozen = frozen();
    }
    return frozen;
  }

  /** Each is asked by its device, mounted where nothing else happens to it. */
  private Set<Integer> frozen() {
    String script =
        """
        i=0
        for device; do
          mkdir -p /run/look$i
          [[ -e /run/looked ]] || mount -o nouuid "$device" /run/look$i 2>/dev/null ||
            mount "$device" /run/look$i 2>/dev/null
          rmdir /run/look$i/.not-there >/dev/null 2>&1 & p[i++]=$!
        done
        : >/run/looked
        sleep 0.3
        for ((i = 0; i < $#; i++)); do ! kill -0 ${p[i]} 2>/dev/null || echo $i; done
        """;
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    for (int i = 0; i < layout.disks().size(); i++) {
      command.add(devices.get(i));
    }
    return namespace
        .must(command.toArray(String[]::new))
        .lines()
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    String timers = execution + "/script.sh";
    Shell.run("pkill", "-CONT", "-f", timers);
    namespace.run(
        "sh",
        "-c",
        "for m in /mnt/base /mnt/*/disk* /run/look*; do fsfreeze --unfreeze $m 2>/dev/null; done;"
            + " for m in $(findmnt -rno TARGET | grep -E '^/(mnt|run)/' | tac); do umount -l $m;"
            + " done");
    Shell.await(
        "the timers end", Duration.ofSeconds(30), () -> !Shell.succeeds("pgrep", "-f", timers));
    holder.destroy();
    namespace.close();
    guest.close();
    Shell.must("rm", "-rf", folder.toString());
  }
}
