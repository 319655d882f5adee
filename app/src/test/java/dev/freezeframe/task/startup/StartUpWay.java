package dev.freezeframe.task.startup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to start a task.
 *
 * @param name as the table has it
 * @param command up to what tells the task
 * @param restored whether what SnapStart keeps is done before
 * @param cache of classes loaded and linked ahead of time; null: none
 */
record StartUpWay(String name, List<String> command, boolean restored, Path cache) {

  /** The whole command line. */
  List<String> of(String task, Path input) {
    StartUpWay way = cache == null ? this : with("-XX:AOTCache=" + cache);
    return way.on(task, input);
  }

  private List<String> on(String task, Path input) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(restored ? "restored" : "cold", task, input.toString()));
    return whole;
  }

  /** The start that makes the cache; empty if none to make. */
  Optional<StartUpWay> training() {
    return Optional.ofNullable(cache)
        .map(
            file ->
                new StartUpWay(name, command, restored, null).with("-XX:AOTCacheOutput=" + file));
  }

  /** The same way, with a line in a file for each class that is loaded. */
  StartUpWay logging(Path classes) {
    return with("-Xlog:class+load:file=" + classes);
  }

  private StartUpWay with(String option) {
    List<String> more = new ArrayList<>(command);
    more.add(1, option);
    return new StartUpWay(name, more, restored, cache);
  }
}
