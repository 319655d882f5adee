package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A systemctl for guests where no systemd runs: units are processes, which it starts and ends. What
 * systemd says of units beyond that stands in files. {@link UnmountUnderSystemdTest} has the real
 * one.
 */
final class StandInSystemctl implements AutoCloseable {

  private static final String SCRIPT =
      """
      echo "$*" >>"$D/calls"
      unit=${*: -1}
      runs() {
        { read -r pid <"$D/$unit.pid" && read -r _ _ state _ <"/proc/$pid/stat"; } 2>/dev/null &&
          [[ $state != Z ]]
      }
      case $1 in
        show)
          echo "Id=$unit"
          if [[ -e $D/$unit.command ]]; then echo LoadState=loaded; else echo LoadState=not-found; fi
          if runs; then echo "ActiveState=active"; else echo "ActiveState=inactive"; fi
          ! runs || echo "MainPID=$pid"
          cat "$D/$unit.says" 2>/dev/null
          ;;
        stop)
          [[ ! -e $D/$unit.stop ]] || source "$D/$unit.stop"
          ! runs || kill -KILL "$pid"
          while runs; do sleep 0.02; done
          ;;
        start)
          runs && exit
          [[ ! -e $D/$unit.start ]] || source "$D/$unit.start"
          (
            for file in {3..40}; do eval "exec $file>&-"; done
            exec setsid bash "$D/$unit.command" </dev/null >/dev/null 2>&1
          ) &
          echo $! >"$D/$unit.pid"
          ;;
        is-active) runs || exit 3 ;;
        is-system-running) echo running ;;
      esac
      true
      """;

  private final Path folder;

  StandInSystemctl(Path parent) {
    try {
      folder = Files.createTempDirectory(parent, "units");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Guest in(Guest guest) {
    return guest.standIn("systemctl", "D='" + folder + "'", SCRIPT);
  }

  /** Adds a unit and starts it. */
  StandInSystemctl unit(String name, String command) {
    Shell.write(folder.resolve(name + ".command"), command);
    start(name);
    return this;
  }

  void start(String name) {
    call("start", name);
  }

  /** Kills what it runs. */
  void kill(String name) {
    Shell.must("sh", "-c", "kill -KILL $(cat '" + folder + "/" + name + ".pid')");
    Shell.await("it is dead", () -> !runs(name));
  }

  private Answer call(String... arguments) {
    Path program = folder.resolve("systemctl");
    Shell.write(program, "D='" + folder + "'\n" + SCRIPT);
    List<String> line = new ArrayList<>(List.of("bash", program.toString()));
    line.addAll(List.of(arguments));
    return Shell.run(line, Map.of());
  }

  /** What `systemctl show` says of it besides, such as {@code BoundBy=other.service}. */
  void says(String name, String properties) {
    Shell.write(folder.resolve(name + ".says"), properties + "\n");
  }

  /** What happens first when it is stopped or started. */
  void before(String deed, String name, String commands) {
    Shell.write(folder.resolve(name + "." + deed), commands + "\n");
  }

  void asUsual(String deed, String name) {
    Shell.must("rm", "-f", folder.resolve(name + "." + deed).toString());
  }

  boolean runs(String name) {
    return call("is-active", name).exitCode() == 0;
  }

  /** The calls that change something, in their order. */
  List<String> calls() {
    return Shell.run("grep", "-E", "^(stop|start) ", folder.resolve("calls").toString())
        .output()
        .lines()
        .toList();
  }

  void forgetCalls() {
    Shell.write(folder.resolve("calls"), "");
  }

  @Override
  public void close() {
    Shell.run("sh", "-c", "kill -KILL $(cat '" + folder + "'/*.pid)");
    Shell.must("rm", "-rf", folder.toString());
  }
}
