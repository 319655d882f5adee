package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real systemd, as the first process of namespaces of its own, with a {@code /run} and control
 * groups of its own and with none of the machine's units. What was mounted before is mounted there.
 */
final class Systemd implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/lib/systemd/systemd");

  private static final String AGENT = "/sys/fs/cgroup/system.slice/agent.service/";

  private static final String START =
      """
      set -e
      mount -t cgroup2 cgroup2 /mnt
      mkdir "/mnt/$1"
      echo $$ >"/mnt/$1/cgroup.procs"
      umount /mnt
      exec unshare --pid --mount --cgroup --ipc --uts --fork --kill-child --propagation private \
        bash -ec '
        mount -t proc proc /proc
        mount -o bind,remount,ro /sys
        mount -t tmpfs -o mode=755 tmpfs /run
        mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
        mount -t cgroup2 cgroup2 /sys/fs/cgroup
        mkdir /run/units /run/none
        for name in guest sysinit basic shutdown; do
          printf "[Unit]\\nDefaultDependencies=no\\n" >/run/units/$name.target
        done
        printf "[Service]\\nExecStart=/bin/sleep infinity\\n" >/run/units/agent.service
        cd /
        exec env -i PATH="$PATH" container=test SYSTEMD_UNIT_PATH=/run/units \
          SYSTEMD_GENERATOR_PATH=/run/none /lib/systemd/systemd --system --unit=guest.target \
          --show-status=no --log-target=console --log-level=info'
      """;

  private static final String REMOVE =
      """
      mount -t cgroup2 cgroup2 /mnt && find "/mnt/$1" -depth -type d -exec rmdir {} +
      """;

  private final String group = "freezeframe-test-" + Guest.newExecution();
  private final Process outer;
  private final long pid;

  /**
   * Starts it, with a unit {@code agent} that sleeps.
   *
   * @param log where it writes to
   */
  Systemd(Path log) {
    Machine.needs(Files.isExecutable(PROGRAM), "systemd is not installed");
    try {
      outer = Shell.start(apart(START), Map.of(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.await("systemd starts; see " + log, () -> first().isPresent());
    pid = first().orElseThrow();
    Shell.await(
        "systemd answers; see " + log,
        () -> run("systemctl", "is-active", "guest.target").exitCode() == 0);
    must("systemctl", "start", "agent");
  }

  private List<String> apart(String script) {
    return List.of(
        "unshare", "--mount", "--propagation", "private", "bash", "-c", script, "bash", group);
  }

  /** The first process there: the only child of the one that made the namespaces. */
  private Optional<Long> first() {
    return outer
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/systemd"))
        .map(ProcessHandle::pid)
        .findFirst();
  }

  /** What has to stand before a command that is to run there. */
  String[] enter() {
    return new String[] {
      "nsenter", "--target", Long.toString(pid), "--mount", "--pid", "--cgroup", "--"
    };
  }

  /** The same, for one that the agent is to run: in its control group. */
  String[] enterAgent() {
    List<String> line = new ArrayList<>(List.of(enter()));
    String procs = AGENT + "cgroup.procs";
    line.addAll(List.of("sh", "-c", "echo $$ >" + procs + "; exec \"$@\"", "sh"));
    return line.toArray(String[]::new);
  }

  /** Stops all that the agent runs, or lets it continue. */
  void freezeAgent(boolean frozen) {
    must("sh", "-c", "echo " + (frozen ? 1 : 0) + " >" + AGENT + "cgroup.freeze");
  }

  Answer run(String... command) {
    List<String> line = new ArrayList<>(List.of(enter()));
    line.addAll(List.of(command));
    return Shell.run(line, Map.of());
  }

  String must(String... command) {
    Answer answer = run(command);
    if (answer.exitCode() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + answer.output());
    }
    return answer.output();
  }

  @Override
  public void close() {
    outer.destroyForcibly();
    Shell.await(
        "its control groups are empty", () -> Shell.run(apart(REMOVE), Map.of()).exitCode() == 0);
  }
}
