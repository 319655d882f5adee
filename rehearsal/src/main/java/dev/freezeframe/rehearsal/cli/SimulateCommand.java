package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.rehearsal.simulation.Shrinker;
import dev.freezeframe.rehearsal.simulation.SimulationDrawing;
import dev.freezeframe.rehearsal.simulation.SimulationResult;
import dev.freezeframe.rehearsal.simulation.SimulationRun;
import dev.freezeframe.rehearsal.simulation.invariant.Violation;
import java.io.PrintWriter;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./rehearse simulate}. */
@Command(
    name = "simulate",
    sortOptions = false,
    header = "Simulates fleets, policies and faults drawn from seeds, and checks every invariant.",
    footer = {
      "",
      "docs/embedded-cloud.md says what a seed draws and what is checked. The same seed gives the"
          + " same simulation.",
      "Exit status: 0 every invariant held; 1 one was broken; 2 an option cannot be used."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int SHRINKING = 60;
  private static final int MAX_SHRUNK = 3;

  private final Terminal terminal;
  private final Mutation mutation;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      defaultValue = "1..100",
      description = "the seeds to play (default: ${DEFAULT-VALUE})")
  private String seeds;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "begins no further seed after so many minutes (default: no limit)")
  private Integer minutes;

  SimulateCommand(Terminal terminal) {
    this(terminal, Mutation.NONE);
  }

  SimulateCommand(Terminal terminal, Mutation mutation) {
    this.terminal = terminal;
    this.mutation = mutation;
  }

  @Override
  public Integer call() throws InterruptedException {
    long[] range = range();
    if (minutes != null && (minutes < 1 || minutes > 10_000)) {
      throw wrong("--minutes is %d, expected 1 to 10000".formatted(minutes));
    }
    long begun = System.nanoTime();
    List<SimulationResult> failed = new ArrayList<>();
    Tally tally = new Tally();
    SimulationRun run = new SimulationRun(Root.find().resolve("statemachines"), mutation);
    AtomicLong next = new AtomicLong(range[0]);
    int workers = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), terminal)) {
      progress.begin("seed " + range[0]);
      List<Future<?>> ends = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        ends.add(
            pool.submit(
                () -> {
                  for (long seed = next.getAndIncrement();
                      seed <= range[1] && !over(begun);
                      seed = next.getAndIncrement()) {
                    SimulationResult result = played(run, seed);
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
    print(run, failed, tally, Duration.ofNanos(System.nanoTime() - begun));
    return failed.isEmpty() ? 0 : 1;
  }

  /** A defect of the simulation says which seed met it. */
  private static SimulationResult played(SimulationRun run, long seed) {
    try {
      return run.play(SimulationDrawing.draw(seed));
    } catch (RuntimeException defect) {
      throw new IllegalStateException("seed " + seed, defect);
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
    return minutes != null
        && Duration.ofNanos(System.nanoTime() - begun).compareTo(Duration.ofMinutes(minutes)) >= 0;
  }

  private void print(SimulationRun run, List<SimulationResult> failed, Tally tally, Duration took) {
    PrintWriter out = spec.commandLine().getOut();
    failed.stream().limit(MAX_SHRUNK).forEach(result -> explain(run, result));
    failed.stream()
        .skip(MAX_SHRUNK)
        .forEach(
            result ->
                say(
                    "Seed %d too: %s"
                        .formatted(
                            result.simulation().seed(), result.violations().get(0).sentence())));
    say(
        "%d seeds (%s), %d backups, %d seeds with violations, in %d s"
            .formatted(tally.seeds, seeds, tally.backups, failed.size(), took.toSeconds()));
    tally.met.forEach(
        (action, times) -> out.println("  %8d  %s: %s".formatted(times, action, action.meaning())));
    out.flush();
  }

  private void explain(SimulationRun run, SimulationResult failed) {
    PrintWriter out = spec.commandLine().getOut();
    long seed = failed.simulation().seed();
    say("Seed %d, again with ./rehearse simulate --seeds %d..%d".formatted(seed, seed, seed));
    failed.violations().stream().map(Violation::sentence).limit(10).forEach(this::say);
    out.flush();
    SimulationResult shrunk = shrunk(run, failed);
    say("Shrunk to:");
    shrunk
        .simulation()
        .sentences()
        .forEach(
            line -> Paragraph.lines(terminal.columns(), "  ", "    ", line).forEach(out::println));
    shrunk.violations().stream().map(Violation::sentence).limit(10).forEach(this::say);
    out.println();
    out.flush();
  }

  private SimulationResult shrunk(SimulationRun run, SimulationResult failed) {
    try (ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), terminal)) {
      AtomicInteger played = new AtomicInteger();
      String words = "shrinking seed %d: %d of at most %d simulations";
      return new Shrinker(
              simulation -> {
                int number = played.incrementAndGet();
                progress.show(() -> words.formatted(failed.simulation().seed(), number, SHRINKING));
                return run.play(simulation);
              },
              SHRINKING)
          .shrink(failed);
    }
  }

  private void say(String sentence) {
    Paragraph.lines(terminal.columns(), sentence).forEach(spec.commandLine().getOut()::println);
  }

  private long[] range() {
    String expected = "--seeds is '%s', expected A..B such as 1..1000".formatted(seeds);
    if (!seeds.matches("\\d{1,15}\\.\\.\\d{1,15}")) {
      throw wrong(expected);
    }
    String[] ends = seeds.split("\\.\\.", -1);
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
  private static final class Tally {
    private final SortedMap<FaultAction, Integer> met = new TreeMap<>();
    private int seeds;
    private int backups;

    void add(SimulationResult result) {
      seeds++;
      backups += result.backups();
      result.met().forEach((action, times) -> met.merge(action, times, Integer::sum));
    }
  }
}
