package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.Simulation;
import dev.freezeframe.rehearsal.simulation.SimulationDrawing;
import dev.freezeframe.rehearsal.simulation.SimulationDrawing.Forced;
import dev.freezeframe.rehearsal.simulation.SimulationResult;
import dev.freezeframe.rehearsal.simulation.SimulationRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./rehearse simulate}. */
@Command(
    name = "simulate",
    sortOptions = false,
    header = "Simulates fleets, policies and faults drawn from seeds, and checks every invariant.",
    description = {
      "",
      "With FOLDER it plays the simulation in that folder, as a failing seed leaves it: edit fleet,"
          + " volumes, policies, faults and settings as you like.",
      ""
    },
    footer = {
      "",
      "docs/embedded-cloud.md says what a seed draws and what is checked. The same seed gives the"
          + " same simulation.",
      "Exit status: 0 every invariant held; 1 one was broken; 2 an option or a file cannot be used."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int MAX_SHRUNK = 3;
  private static final String USUAL_SEEDS = "1..100";

  private final Terminal terminal;
  private final Mutation mutation;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "the folder of a simulation to play, in place of seeds")
  private Path folder;

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      description = "the seeds to play (default: " + USUAL_SEEDS + ")")
  private String seeds;

  @Option(
      names = "--restores",
      description =
          "has somebody restore sets in every seed whose documents all have a timer (default: in"
              + " one of ten)")
  private boolean restores;

  @Option(
      names = "--drills",
      description =
          "has a policy drill its sets in every seed whose documents all have a timer (default: in"
              + " one of ten)")
  private boolean drills;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "begins no further seed after so many minutes (default: no limit)")
  private Integer minutes;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "where a failing seed leaves its smallest simulation, in a folder named by the seed"
              + " (default: target/simulations)")
  private Path out;

  SimulateCommand(Terminal terminal) {
    this(terminal, Mutation.NONE);
  }

  SimulateCommand(Terminal terminal, Mutation mutation) {
    this.terminal = terminal;
    this.mutation = mutation;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path stateMachines = Root.find().resolve("statemachines");
    SimulationRun run = new SimulationRun(stateMachines, mutation);
    return folder == null ? playSeeds(run) : playFolder(run, stateMachines);
  }

  private int playFolder(SimulationRun run, Path stateMachines) {
    if (seeds != null || minutes != null || restores || drills) {
      throw wrong(
          "FOLDER is played as it is, expected no --seeds, --minutes, --restores or --drills"
              + " beside it");
    }
    Simulation simulation = new SimulationReader(folder, stateMachines).read();
    if (out != null) {
      folderOf(simulation.seed()).refuseTaken("--out");
    }
    long begun = System.nanoTime();
    Tally tally = new Tally();
    SimulationResult result = played(run, simulation, folder.toString());
    tally.add(result);
    if (!result.holds()) {
      FailedSimulations failures = failures(run);
      failures.say(folder + " breaks what has to hold:");
      if (out == null) {
        failures.sayViolations(result);
      } else {
        failures.explain(result, folderOf(simulation.seed()));
      }
    }
    tally.print(
        "%s: %d backups, %d violations"
            .formatted(folder, tally.backups, result.violations().size()),
        begun);
    return result.holds() ? 0 : 1;
  }

  private int playSeeds(SimulationRun run) throws InterruptedException {
    long[] range = range();
    if (minutes != null && (minutes < 1 || minutes > 10_000)) {
      throw wrong("--minutes is %d, expected 1 to 10000".formatted(minutes));
    }
    refuseTaken(range);
    long begun = System.nanoTime();
    List<SimulationResult> failed = new ArrayList<>();
    Tally tally = new Tally();
    AtomicLong next = new AtomicLong(range[0]);
    int workers = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (ProgressLine progress =
        new ProgressLine(
            spec.commandLine().getErr(), terminal, () -> interrupted(tally, failed.size()))) {
      progress.begin("seed " + range[0]);
      List<Future<?>> ends = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        ends.add(
            pool.submit(
                () -> {
                  for (long seed = next.getAndIncrement();
                      seed <= range[1] && !over(begun);
                      seed = next.getAndIncrement()) {
                    SimulationResult result =
                        played(
                            run,
                            SimulationDrawing.draw(seed, new Forced(restores, drills)),
                            "seed " + seed);
                    synchronized (tally) {
                      tally.add(result);
                      if (!result.holds()) {
                        failed.add(result);
                        progress.say("seed %d: %s".formatted(seed, result.violations().get(0)));
                      }
                      progress.show(
                          () ->
                              "%d of %d seeds, %d failed"
                                  .formatted(tally.seeds, range[1] - range[0] + 1, failed.size()));
                    }
                  }
                }));
      }
      for (Future<?> end : ends) {
        await(end);
      }
    } finally {
      pool.shutdownNow();
    }
    failed.sort((one, other) -> Long.compare(one.simulation().seed(), other.simulation().seed()));
    explain(failures(run), failed);
    tally.print(
        "%d seeds (%s), %d backups, %d seeds with violations"
            .formatted(tally.seeds, seeds(), tally.backups, failed.size()),
        begun);
    return failed.isEmpty() ? 0 : 1;
  }

  private String interrupted(Tally tally, int failed) {
    return "Interrupted after %d seeds, %d of them with violations: nothing is written to %s."
        .formatted(tally.seeds, failed, outFolder());
  }

  /** A defect of the simulation says which one met it. */
  private static SimulationResult played(SimulationRun run, Simulation simulation, String which) {
    try {
      return run.play(simulation);
    } catch (RuntimeException defect) {
      throw new IllegalStateException(which, defect);
    }
  }

  private static void await(Future<?> end) throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause().getMessage(), failed.getCause());
    }
  }

  private boolean over(long begun) {
    return minutes != null && since(begun).compareTo(Duration.ofMinutes(minutes)) >= 0;
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private FailedSimulations failures(SimulationRun run) {
    return new FailedSimulations(run, terminal, spec.commandLine());
  }

  private void explain(FailedSimulations failures, List<SimulationResult> failed) {
    for (SimulationResult result : failed.subList(0, Math.min(MAX_SHRUNK, failed.size()))) {
      long seed = result.simulation().seed();
      failures.say(
          "Seed %d, again with ./rehearse simulate --seeds %d..%d%s%s"
              .formatted(
                  seed, seed, seed, restores ? " --restores" : "", drills ? " --drills" : ""));
      failures.explain(result, folderOf(seed));
    }
    failed.stream()
        .skip(MAX_SHRUNK)
        .forEach(
            result ->
                failures.say(
                    "Seed %d too: %s"
                        .formatted(
                            result.simulation().seed(), result.violations().get(0).sentence())));
  }

  private SimulationFolder folderOf(long seed) {
    return new SimulationFolder(outFolder().resolve(String.valueOf(seed)));
  }

  private Path outFolder() {
    return out == null ? Root.find().resolve("target").resolve("simulations") : out;
  }

  /** Before anything is played: what could be written, and nothing else may be in its place. */
  private void refuseTaken(long[] range) {
    folderOf(range[0]).refuseTaken("--out");
    for (Path taken : SimulationFolder.numbered(outFolder())) {
      long seed = Long.parseLong(taken.getFileName().toString());
      if (seed >= range[0] && seed <= range[1]) {
        folderOf(seed).refuseTaken("--out");
      }
    }
  }

  private String seeds() {
    return seeds == null ? USUAL_SEEDS : seeds;
  }

  private long[] range() {
    String expected = "--seeds is '%s', expected A..B such as 1..1000".formatted(seeds());
    if (!seeds().matches("\\d{1,15}\\.\\.\\d{1,15}")) {
      throw wrong(expected);
    }
    String[] ends = seeds().split("\\.\\.", -1);
    long from = Long.parseLong(ends[0]);
    long to = Long.parseLong(ends[1]);
    if (to < from) {
      throw wrong(expected);
    }
    return new long[] {from, to};
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** What all simulations together went through. */
  private final class Tally {
    private final SortedMap<FaultAction, Integer> met = new TreeMap<>();
    private int seeds;
    private int backups;

    void add(SimulationResult result) {
      seeds++;
      backups += result.backups();
      result.met().forEach((action, times) -> met.merge(action, times, Integer::sum));
    }

    void print(String sentence, long begun) {
      PrintWriter to = spec.commandLine().getOut();
      String whole = "%s, in %d s".formatted(sentence, since(begun).toSeconds());
      Paragraph.lines(terminal.columns(), whole).forEach(to::println);
      met.forEach(
          (action, times) ->
              to.println("  %8d  %s: %s".formatted(times, action, action.meaning())));
      to.flush();
    }
  }
}
