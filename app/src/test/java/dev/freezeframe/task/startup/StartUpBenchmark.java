package dev.freezeframe.task.startup;

import dev.freezeframe.task.Inputs;
import dev.freezeframe.task.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long each task takes from its start to its first call to AWS, in a JVM of its own: {@code
 * app/bench-startup REPEATS TASK...}.
 */
final class StartUpBenchmark {
  /** Those that run from the order of the freeze to the thaw. */
  private static final List<String> FREEZE =
      List.of("RunPreScript", "CreateSnapshots", "RunPostScript");

  private final StartUps starts;
  private final PrintStream out = System.out;
  private final Path folder;
  private final int repeats;

  private StartUpBenchmark(Path folder, int repeats) {
    this.folder = folder;
    this.starts = new StartUps(folder.resolve("errors"));
    this.repeats = repeats;
  }

  /**
   * Prints the tables.
   *
   * @param arguments a folder to write to, the class path, the homes of JDKs with commas between,
   *     how often each start is repeated, and the tasks; none: all of them
   */
  public static void main(String[] arguments) throws IOException {
    StartUpBenchmark benchmark =
        new StartUpBenchmark(Path.of(arguments[0]), Integer.parseInt(arguments[3]));
    List<String> tasks = List.of(arguments).subList(4, arguments.length);
    try (benchmark.starts) {
      Map<String, Path> inputs = benchmark.inputs();
      benchmark.tasks(
          Stream.of(arguments[2].split(",")).map(Path::of).map(Jdk::of).toList(),
          arguments[1],
          tasks.isEmpty() ? allOf(inputs) : tasks,
          inputs);
      benchmark.languages(inputs);
    }
  }

  /** The freeze first. */
  private static List<String> allOf(Map<String, Path> inputs) {
    List<String> tasks = new ArrayList<>(FREEZE);
    inputs.keySet().stream().filter(task -> !FREEZE.contains(task)).forEach(tasks::add);
    return tasks;
  }

  private Map<String, Path> inputs() throws IOException {
    Path written = Files.createDirectories(folder.resolve("inputs"));
    Map<String, Path> inputs = new TreeMap<>();
    for (String task : Task.byName().keySet()) {
      Path file = written.resolve(task);
      inputs.put(task, Files.writeString(file, Inputs.whileFrozen(task).toString()));
    }
    return inputs;
  }

  private void tasks(
      List<Jdk> jdks, String classPath, List<String> tasks, Map<String, Path> inputs) {
    out.println("| task | first call | way | wall ms | CPU ms | classes |");
    out.println("|---|---|---|--:|--:|--:|");
    for (String task : tasks) {
      for (Jdk jdk : jdks) {
        for (StartUpWay way : jdk.ways(classPath, folder.resolve(task + ".aot"))) {
          print(task, way, inputs.get(task));
        }
      }
    }
  }

  private void print(String task, StartUpWay way, Path input) {
    way.training().ifPresent(train -> starts.start(train.of(task, input), null, false));
    StartUp start =
        StartUp.median(
            IntStream.range(0, repeats)
                .mapToObj(any -> starts.start(way.of(task, input), null, way.restored()))
                .toList());
    out.printf(
        "| %s | %s | %s | %,d | %,d | %,d |%n",
        task,
        start.action(),
        way.name(),
        start.wall().toMillis(),
        start.cpu().toMillis(),
        classes(task, way, input));
  }

  /** Counted in a start of their own, since the log takes time. */
  private int classes(String task, StartUpWay way, Path input) {
    Path log = folder.resolve("classes");
    List<String> command = way.logging(log).of(task, input);
    return starts.start(command, log, way.restored()).classes().size();
  }

  private void languages(Map<String, Path> inputs) throws IOException {
    out.println();
    out.println("| step | way | wall ms | CPU ms |");
    out.println("|---|---|--:|--:|");
    for (OtherLanguage step : OtherLanguage.read(folder.resolve("languages"))) {
      Path input = inputs.get(step.task());
      StartUp start =
          StartUp.median(
              IntStream.range(0, repeats)
                  .mapToObj(any -> starts.start(step.of(input), null, false))
                  .toList());
      out.printf(
          "| %s | %s | %,d | %,d |%n",
          start.action(), step.name(), start.wall().toMillis(), start.cpu().toMillis());
    }
  }
}
