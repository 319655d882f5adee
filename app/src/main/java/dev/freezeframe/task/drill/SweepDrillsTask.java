package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillBounds;
import dev.freezeframe.drill.DrillFailedException;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillLeftovers;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.ec2.DrillInstances;
import dev.freezeframe.drill.ec2.Ec2DrillInstances;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last net of ours under every drill: takes away those that have not ended and whose lease
 * nobody extends, those of which something was left, and every drill instance whose drill has
 * ended. A step of each at a time; the schedule goes on.
 */
public final class SweepDrillsTask extends JsonTask<SweepDrillsTask.Order, List<String>> {
  /** An execution ends by itself before, and what was left is asked for as long. */
  private static final Duration LOOK_BACK = Duration.ofDays(3);

  /** Longer than the time to the next invocation. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  /** Who goes on with a drill extends its lease before it gets so short. */
  private static final Duration ABANDONED = Duration.ofMinutes(6);

  private final Ledger ledger;
  private final DrillInstances ec2;
  private final DrillEnding ending;
  private final Measurements measurements;
  private final Clock clock;

  /** The input, of which nothing is needed. */
  record Order() {}

  public SweepDrillsTask() {
    this(new AwsDependencies());
  }

  public SweepDrillsTask(TaskDependencies dependencies) {
    super(Order.class);
    this.ledger = dependencies.ledger();
    this.measurements = dependencies.measurements();
    this.clock = dependencies.clock();
    this.ec2 = new Ec2DrillInstances(dependencies.ec2());
    this.ending = new DrillEnding(ec2, new Ec2Volumes(dependencies.ec2()), clock);
  }

  /**
   * Looks at each once; one that cannot be taken away keeps no other waiting.
   *
   * @throws DrillFailedException if one could not be, or outlives twice its time
   */
  @Override
  protected List<String> handle(Order nothing) {
    Instant now = clock.instant();
    List<String> words = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (DrillRow row : ledger.drills(now.minus(LOOK_BACK))) {
      if (row.open() ? isHeld(row, now) : isDone(row)) {
        continue;
      }
      try {
        String progress = "%s: %s".formatted(row.id(), step(row, now));
        words.add(progress);
        if (isLeaked(row, row.startedAt(), now)
            && ledger.drill(row.id()).filter(SweepDrillsTask::isDone).isEmpty()) {
          failed.add(progress);
        }
      } catch (RuntimeException notEnded) {
        failed.add("%s: %s".formatted(row.id(), notEnded.getMessage()));
      }
    }
    for (DrillInstances.View view : ec2.tagged()) {
      try {
        forgotten(view, now).ifPresent(words::add);
        leaked(view, now).ifPresent(failed::add);
      } catch (RuntimeException notEnded) {
        failed.add("%s: %s".formatted(view.id(), notEnded.getMessage()));
      }
    }
    if (!failed.isEmpty()) {
      throw new DrillFailedException(String.join("; ", failed));
    }
    return words;
  }

  private boolean isHeld(DrillRow row, Instant now) {
    return ledger.drillLeasedUntil(row).filter(now.plus(ABANDONED)::isBefore).isPresent();
  }

  /** One that ended with something left is looked at until nothing is. */
  private static boolean isDone(DrillRow row) {
    return row.at(DrillStage.LAUNCHING).isEmpty() || row.at(DrillStage.GONE).isPresent();
  }

  private String step(DrillRow abandoned, Instant now) {
    if (abandoned.open()) {
      ledger.recordStage(abandoned.id(), DrillStage.ENDING, now);
      ledger.keepDrillLease(abandoned.id(), now.plus(LEASE));
    }
    DrillRow row = ledger.drill(abandoned.id()).orElseThrow();
    DrillEnding.Progress progress = ending.step(row);
    boolean mayStillBeAtWork =
        now.isBefore(row.at(DrillStage.ENDING).orElse(row.startedAt()).plus(EndDrillTask.LATE));
    boolean late =
        now.isAfter(row.at(DrillStage.ENDING).orElse(row.startedAt()).plus(DrillBounds.END));
    if (mayStillBeAtWork || (!progress.done() && !late)) {
      return progress.words();
    }
    List<String> left = progress.done() ? progress.left() : List.of(progress.words());
    if (left.isEmpty()) {
      ledger.recordStage(row.id(), DrillStage.GONE, now);
    }
    if (row.open()) {
      DrillRecord.measure(
          ledger,
          measurements,
          DrillRecord.end(
              ledger,
              ledger.drill(row.id()).orElseThrow(),
              Optional.of("its execution broke off"),
              left,
              now));
    }
    return progress.words();
  }

  /** An instance whose drill has ended, however it came to be there. */
  private Optional<String> forgotten(DrillInstances.View view, Instant now) {
    Optional<DrillRow> row = row(view).filter(known -> !known.open());
    if (row.isEmpty()
        || view.ended()
        || !isSince(view, row.get())
        || now.isBefore(row.get().end().orElseThrow().at().plus(EndDrillTask.LATE))
        || DrillLeftovers.notTheDrills(row.get(), view.token(), view.drill()).isPresent()) {
      return Optional.empty();
    }
    ec2.terminate(view.id());
    return Optional.of("%s of %s is terminated".formatted(view.id(), row.get().id()));
  }

  /** The token proves the most; one that was launched before the drill belongs to another. */
  private static boolean isSince(DrillInstances.View view, DrillRow row) {
    return view.launchedAt()
        .filter(at -> !at.isBefore(row.startedAt().minus(EndDrillTask.LATE)))
        .isPresent();
  }

  /** What only carries the tag is not ours: nothing is said of it, and nothing done. */
  private Optional<String> leaked(DrillInstances.View view, Instant now) {
    return row(view)
        .filter(row -> DrillLeftovers.notTheDrills(row, view.token(), view.drill()).isEmpty())
        .filter(row -> isLeaked(row, view.launchedAt().orElse(row.startedAt()), now))
        .map(row -> "%s of %s is still %s".formatted(view.id(), row.id(), view.state()));
  }

  /** Whether something of a drill outlives twice the longest that it may take. */
  private static boolean isLeaked(DrillRow row, Instant since, Instant now) {
    Duration deadline = DrillBounds.deadline(row.order().drill().timeout());
    return now.isAfter(since.plus(deadline.multipliedBy(2)));
  }

  private Optional<DrillRow> row(DrillInstances.View view) {
    return view.drill().filter(DrillId::isWellFormed).map(DrillId::new).flatMap(ledger::drill);
  }
}
