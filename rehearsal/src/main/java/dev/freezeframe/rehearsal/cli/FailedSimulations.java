package dev.freezeframe.rehearsal.cli;

import dev.freezeframe.operator.cli.Paragraph;
import dev.freezeframe.operator.cli.ProgressLine;
import dev.freezeframe.operator.cli.Terminal;
import dev.freezeframe.rehearsal.simulation.Shrinker;
import dev.freezeframe.rehearsal.simulation.SimulationResult;
import dev.freezeframe.rehearsal.simulation.SimulationRun;
import dev.freezeframe.rehearsal.simulation.invariant.Violation;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;

/** Explains simulations that broke an invariant, and leaves the smallest ones that do. */
final class FailedSimulations {
  private static final int SHRINKING = 60;
  private static final int MAX_SENTENCES = 10;

  private final SimulationRun run;
  private final Terminal terminal;
  private final PrintWriter out;
  private final PrintWriter err;

  FailedSimulations(SimulationRun run, Terminal terminal, CommandLine line) {
    this.run = run;
    this.terminal = terminal;
    this.out = line.getOut();
    this.err = line.getErr();
  }

  /** Says what was broken, makes it smaller, and writes that. */
  void explain(SimulationResult failed, SimulationFolder folder) {
    sayViolations(failed);
    SimulationResult shrunk = shrunk(failed, folder);
    say("Shrunk to:");
    shrunk
        .simulation()
        .sentences()
        .forEach(
            line -> Paragraph.lines(terminal.columns(), "  ", "    ", line).forEach(out::println));
    sayViolations(shrunk);
    folder.write(shrunk.simulation());
    say("To play or edit it: ./rehearse simulate " + folder.folder());
    out.println();
    out.flush();
  }

  void sayViolations(SimulationResult failed) {
    failed.violations().stream().map(Violation::sentence).limit(MAX_SENTENCES).forEach(this::say);
    out.flush();
  }

  void say(String sentence) {
    Paragraph.lines(terminal.columns(), sentence).forEach(out::println);
  }

  private SimulationResult shrunk(SimulationResult failed, SimulationFolder folder) {
    String interrupted =
        "Interrupted while a smaller simulation was looked for: %s is not written."
            .formatted(folder.folder());
    try (ProgressLine progress = new ProgressLine(err, terminal, () -> interrupted)) {
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
}
