package dev.freezeframe.task.stop;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.InstanceStart;
import dev.freezeframe.stop.StartFailedException;
import dev.freezeframe.stop.StopRow;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The last safety net under every stop: starts whatever the ledger has as stopped and that should
 * run again by now, no matter what became of its execution or of its policy.
 */
public final class StartStoppedTask extends JsonTask<StartStoppedTask.Order, List<String>> {
  private final Ledger ledger;
  private final InstanceStart start;
  private final Clock clock;

  /** The input, of which nothing is needed. */
  record Order() {}

  public StartStoppedTask() {
    this(new AwsDependencies());
  }

  public StartStoppedTask(TaskDependencies dependencies) {
    super(Order.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.start =
        new InstanceStart(
            new Ec2InstancePower(dependencies.ec2(), dependencies.ec2WithoutRetries()),
            ledger,
            dependencies.measurements(),
            clock,
            dependencies.pause(),
            "StartStopped");
  }

  /**
   * Looks at each once; one that cannot be started keeps no other waiting.
   *
   * @throws StartFailedException if one could not be started
   */
  @Override
  protected List<String> handle(Order nothing) {
    List<String> words = new ArrayList<>();
    RuntimeException failed = null;
    for (StopRow stop : ledger.openStops()) {
      if (clock.instant().isBefore(stop.startBy())) {
        continue;
      }
      try {
        words.add("%s: %s".formatted(stop.instance(), start.step(stop, false).words()));
      } catch (RuntimeException notStarted) {
        failed = notStarted;
        words.add("%s: %s".formatted(stop.instance(), notStarted.getMessage()));
      }
    }
    if (failed != null) {
      throw new StartFailedException(String.join("; ", words), failed);
    }
    return words;
  }
}
