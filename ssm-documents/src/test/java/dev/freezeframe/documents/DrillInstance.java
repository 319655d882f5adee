package dev.freezeframe.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An instance that was launched for a drill, its members attached: a mount namespace with a {@code
 * /run} and a {@code /dev/disk/by-id} of its own. The members are loop devices, which all
 * namespaces of the kernel share: what is mounted of them can be seen from outside.
 */
final class DrillInstance implements AutoCloseable {

  static final Path PROOF = Path.of("/run/freezeframe/drill");

  final String drill = Guest.newExecution();
  final Namespace namespace = new Namespace("16m");
  private final Path folder;
  private final List<String> members = new ArrayList<>();
  private final List<String> devices = new ArrayList<>();
  private final List<Guest> guests = new ArrayList<>();

  DrillInstance() {
    try {
      folder = Files.createTempDirectory("freezeframe-drill");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    namespace.must("mkdir", "-p", "/dev/disk/by-id");
    namespace.must("mount", "-t", "tmpfs", "tmpfs", "/dev/disk/by-id");
    // Another disk has a serial number: as on every instance with NVMe.
    namespace.must("ln", "-s", "/dev/null", link("vol-00000000000000000"));
    prove(drill);
  }

  private static String link(String volume) {
    return "/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_" + volume.replace("-", "");
  }

  /** Writes what the user data of the instance of that drill does. */
  void prove(String id) {
    namespace.must(
        "sh",
        "-c",
        "install -d -m 700 /run/freezeframe && umask 077 && echo \"$1\" >\"$2\"",
        "sh",
        id,
        PROOF.toString());
  }

  /** Attaches what the volume holds at this instant, as a restored member; gives its disk. */
  String attach(Volume volume) {
    return attach(copy(volume));
  }

  /** What the volume holds at this instant. */
  Path copy(Volume volume) {
    Path copy = folder.resolve("copy" + Guest.newExecution());
    Shell.must("cp", "--sparse=always", volume.image().toString(), copy.toString());
    return copy;
  }

  String attach(Path image) {
    String id = "vol-%017x".formatted(members.size() + 1);
    String device = Shell.must("losetup", "--find", "--show", image.toString()).trim();
    devices.add(device);
    members.add(id + ":/dev/sd" + (char) ('f' + members.size()));
    namespace.must("ln", "-s", device, link(id));
    return device;
  }

  /** Has a member by its name alone, on an instance none of whose disks has a serial number. */
  void attachByName(Path image) {
    namespace.must("sh", "-c", "rm -f /dev/disk/by-id/*");
    String device = Shell.must("losetup", "--find", "--show", image.toString()).trim();
    devices.add(device);
    members.add("vol-0123456789abcdef0:" + device);
  }

  /** Says that there is a member which is not attached. */
  void miss() {
    members.add("vol-ffffffffffffffff0:/dev/sdz");
  }

  Guest guest(SsmDocument document) {
    Guest guest =
        new Guest(document)
            .in(namespace)
            .edited(Map.of("/etc/freezeframe/drill.d", folder.resolve("drill.d").toString()))
            .with("members", String.join(",", members));
    guests.add(guest);
    return guest;
  }

  Answer validate(Guest guest) {
    return guest.run("validate", drill);
  }

  Answer dryRun(Guest guest) {
    return guest.run("dry-run", drill);
  }

  /** Validates, and sees that it ends so, that it printed stamps alone and that nothing is left. */
  Answer ends(int code, Guest guest) {
    Answer answer = validate(guest);
    assertThat(answer.exitCode()).as(answer.output()).isEqualTo(code);
    assertThat(answer.output().lines()).allMatch(line -> line.startsWith("FREEZEFRAME event="));
    assertNothingIsLeft();
    return answer;
  }

  /** A statement as the parameter {@code query} has it. */
  static String base64(String statement) {
    return Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8));
  }

  /** Validates the file systems with nothing but defaults. */
  Answer validate() {
    return validate(guest(SsmDocument.DRILL_FILESYSTEM));
  }

  /** A program of the drill instance's own. */
  void program(String name, String... lines) {
    file(name, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
    Shell.must("chmod", "755", own(name).toString());
  }

  /** A file of the drill instance's own. */
  void file(String name, String text) {
    Shell.must("chmod", "755", folder.toString());
    Shell.must("mkdir", "-p", own(name).getParent().toString());
    Shell.must("chmod", "755", own(name).getParent().toString());
    Shell.write(own(name), text);
    Shell.must("chmod", "644", own(name).toString());
  }

  Path own(String name) {
    return folder.resolve("drill.d").resolve(name);
  }

  /** Kills the document's own process with -9, and it alone: the agent's shell waits for that. */
  static void kill(Guest guest) {
    String folder = guest.newFile("").toAbsolutePath().toString();
    Shell.must("pkill", "-KILL", "-f", "^unshare --mount --pid .*" + folder);
  }

  /** Whether the kernel has the file system of a member in use, in whatever namespace. */
  boolean inUse() {
    return devices.stream()
        .map(device -> device.replace("/dev/", ""))
        .anyMatch(
            name ->
                Shell.succeeds(
                    "sh",
                    "-c",
                    "ls /sys/fs/ext4 /sys/fs/xfs 2>/dev/null | grep -qE '^%s(p[0-9]+)?$'"
                        .formatted(name)));
  }

  /** A kernel takes a moment to end namespaces, and their mounts, after their last process. */
  void assertNothingIsLeft() {
    Shell.await("nothing of a member is mounted", () -> !inUse());
    assertThat(namespace.must("cat", "/proc/self/mountinfo")).doesNotContain(" /mnt ");
    assertThat(namespace.must("find", "/run/freezeframe", "-type", "f").trim())
        .isEqualTo(PROOF.toString());
  }

  @Override
  public void close() {
    guests.forEach(Guest::close);
    namespace.close();
    Shell.await("nothing of a member is mounted", () -> !inUse());
    devices.forEach(
        device -> Shell.run("sh", "-c", "partx -d " + device + "; losetup -d " + device));
    Shell.must("rm", "-rf", folder.toString());
  }
}
