package dev.freezeframe.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A control group of the kernel's, in either of its versions, for one controller. */
final class ControlGroup implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  private final Path parent;
  private final Path folder;

  /** Skips the test where the machine has no such controller for us. */
  ControlGroup(String controller) {
    boolean first = Files.isDirectory(ROOT.resolve(controller));
    parent = first ? ROOT.resolve(controller) : ROOT;
    folder = parent.resolve("freezeframe-test-" + ProcessHandle.current().pid());
    if (!first) {
      Shell.run("sh", "-c", "echo +" + controller + " >" + ROOT + "/cgroup.subtree_control");
    }
    Machine.needs(
        Shell.succeeds("mkdir", folder.toString()) && Files.exists(folder.resolve("cgroup.procs")),
        "the machine has no control groups for " + controller);
  }

  /** What has to stand before a command that is to run in the group. */
  String[] enter() {
    return new String[] {
      "sh", "-c", "echo $$ >'" + folder.resolve("cgroup.procs") + "'; exec \"$@\"", "sh"
    };
  }

  /** Moves processes that live already. */
  void take(List<String> processes) {
    processes.forEach(process -> set("cgroup.procs", process));
  }

  /** Stops all of its processes, or releases them on. */
  void freeze(boolean frozen) {
    if (has("freezer.state")) {
      set("freezer.state", frozen ? "FROZEN" : "THAWED");
    } else {
      set("cgroup.freeze", frozen ? "1" : "0");
    }
  }

  boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }

  void set(String file, String value) {
    Shell.write(folder.resolve(file), value);
  }

  String get(String file) {
    try {
      return Files.readString(folder.resolve(file)).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A group ends when its processes have left it. */
  @Override
  public void close() {
    Shell.must(
        "sh",
        "-c",
        "for p in $(cat '"
            + folder
            + "/cgroup.procs'); do echo $p >'"
            + parent
            + "/cgroup.procs'; done; true");
    Shell.must("rmdir", folder.toString());
  }
}
