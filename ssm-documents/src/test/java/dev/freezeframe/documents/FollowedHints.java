package dev.freezeframe.documents;

import dev.freezeframe.common.AttemptId;
import dev.freezeframe.common.InstanceId;
import dev.freezeframe.common.SnapshotId;
import dev.freezeframe.common.VolumeId;
import dev.freezeframe.restore.Destination;
import dev.freezeframe.restore.RestorePlan;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.guest.GuestHint;
import dev.freezeframe.restore.guest.GuestHints;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Does with the copy of a volume what is printed for a restore to an instance that has the original
 * as well, word for word: nothing but the device is put in. Its own mount namespace has no {@code
 * /mnt} and {@code /run} of others.
 */
final class FollowedHints {

  private final List<GuestHint> printed = printed();
  private final List<String> commands = new ArrayList<>();
  private final List<String> afterwards = new ArrayList<>();
  private String path = System.getenv("PATH");

  /** The programs of a folder come before the machine's. */
  FollowedHints withPrograms(String folder) {
    path = folder + ":" + path;
    return this;
  }

  /** Follows the hint on a topic; what it says to do afterwards is done in the opposite order. */
  FollowedHints on(GuestHint.Topic topic) {
    GuestHint hint = printed.stream().filter(one -> one.topic() == topic).findFirst().orElseThrow();
    commands.addAll(hint.commands());
    afterwards.addAll(0, hint.afterwards());
    return this;
  }

  /** Follows another hint when all is over, such as for a copy that stays. */
  FollowedHints afterwardsOn(GuestHint.Topic topic) {
    GuestHint hint = printed.stream().filter(one -> one.topic() == topic).findFirst().orElseThrow();
    afterwards.addAll(hint.commands());
    return this;
  }

  /**
   * Follows them.
   *
   * @param disk the file that the copy is in
   * @param look a command that looks at what is there between
   * @return what the look printed
   */
  String look(String disk, String look) {
    String device = Shell.must("losetup", "--find", "--show", disk).trim();
    try (Namespace namespace = new Namespace("64m")) {
      namespace.must("mount", "-t", "tmpfs", "tmpfs", "/mnt");
      String script =
          String.join("\n", commands)
              + "\n{ "
              + look
              + "; } >/run/looked\n"
              + String.join("\n", afterwards)
              + "\n";
      List<String> line = new ArrayList<>(namespace.enter());
      Collections.addAll(
          line, "env", "PATH=" + path, "device=" + device, "bash", "-e", "-x", "-c", script);
      Answer answer = Shell.run(line, Map.of());
      if (answer.exitCode() != 0) {
        // What was started holds the copy, and its namespace with it.
        namespace.run("sh", "-c", "cat /run/restored-*/log; fuser --kill --mount /mnt/restored");
        throw new AssertionError(answer.exitCode() + ":\n" + answer.output());
      }
      return namespace.must("cat", "/run/looked");
    } finally {
      Shell.must("losetup", "--detach", device);
    }
  }

  private static List<GuestHint> printed() {
    InstanceId instance = new InstanceId("i-0123456789abcdef0");
    RestoreRequest request =
        new RestoreRequest(
            new AttemptId("6f0e1c52-0000-3000-8000-000000000000"),
            instance,
            Destination.INSTANCE,
            Optional.of(instance),
            Optional.empty(),
            OptionalInt.empty(),
            false,
            List.of(),
            List.of(),
            new TreeSet<>(),
            false,
            Optional.empty());
    return GuestHints.of(
        new RestorePlan(
            request,
            "eu-central-1a",
            Optional.of(instance),
            true,
            List.of(creation('1'), creation('2')),
            List.of(),
            Optional.empty()),
        Optional.of("Linux/UNIX"));
  }

  private static RestorePlan.Creation creation(char last) {
    return new RestorePlan.Creation(
        new SnapshotId("snap-0123456789abcdef" + last),
        new VolumeId("vol-0123456789abcdef" + last),
        Optional.of("/dev/sdf" + last),
        "gp3",
        OptionalInt.empty(),
        OptionalInt.empty(),
        1,
        Optional.empty(),
        false,
        false,
        Map.of());
  }
}
