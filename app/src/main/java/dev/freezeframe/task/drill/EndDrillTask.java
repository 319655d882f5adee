package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillBounds;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.drill.DrillStage;
import dev.freezeframe.drill.DrillTrouble;
import dev.freezeframe.drill.ec2.Ec2DrillInstances;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.TaskDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Terminates the drill instance, and waits until nothing of the drill is left. */
public final class EndDrillTask extends DrillStepTask {
  /** Longer than any function takes: one that goes on with the drill may still be at work. */
  static final Duration LATE = Duration.ofMinutes(2);

  /** By how much two clocks may differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final DrillEnding ending;

  public EndDrillTask() {
    this(new AwsDependencies());
  }

  public EndDrillTask(TaskDependencies dependencies) {
    super(dependencies);
    this.ending =
        new DrillEnding(
            new Ec2DrillInstances(dependencies.ec2()),
            new Ec2Volumes(dependencies.ec2()),
            dependencies.clock());
  }

  @Override
  protected DrillStep handle(DrillInput input) {
    Optional<DrillRow> known = ledger.drill(input.id()).filter(input::concerns);
    if (known.isEmpty() || !known.get().open()) {
      return nothing(input, known.isEmpty() ? "it has launched nothing" : "it has ended");
    }
    Optional<Instant> abandoned = input.work().abandonedAt().map(Instant::ofEpochMilli);
    if (abandoned.isPresent() && goesOn(known.get(), abandoned.get())) {
      return nothing(input, "it was redriven, and goes on");
    }
    Instant now = clock.instant();
    if (!known.get().ending()) {
      // Before anybody of ours ends it, and on record before that.
      ending
          .endedBefore(known.get())
          .ifPresent(words -> ledger.recordTrouble(input.id(), new DrillTrouble(false, words)));
    }
    ledger.recordStage(input.id(), DrillStage.ENDING, now);
    ledger.keepDrillLease(input.id(), now.plus(OpenDrill.LEASE));
    DrillRow row = ledger.drill(input.id()).orElseThrow();
    DrillEnding.Progress progress = ending.step(row);
    Instant since = row.at(DrillStage.ENDING).orElseThrow();
    if (progress.done() && !input.alone(row) && now.isBefore(since.plus(LATE))) {
      return waiting(input, LATE, "a function that goes on with it may still be at work");
    }
    if (progress.done()) {
      return over(row, progress.words(), progress.left());
    }
    return now.isAfter(since.plus(DrillBounds.END))
        ? over(row, progress.words(), List.of(progress.words()))
        : waiting(input, DrillEnding.LOOK, progress.words());
  }

  private DrillStep over(DrillRow row, String words, List<String> left) {
    Instant now = clock.instant();
    if (left.isEmpty()) {
      ledger.recordStage(row.id(), DrillStage.GONE, now);
    }
    return new DrillStep(step(), true, !left.isEmpty(), false, 0, now, words, left);
  }

  /** The execution that has claimed a drill records its end in any case. */
  private DrillStep nothing(DrillInput input, String words) {
    boolean only = input.work().order().isEmpty();
    return new DrillStep(step(), true, false, only, 0, clock.instant(), words, List.of());
  }

  /** Whether its lease was extended after its execution had ended. */
  private boolean goesOn(DrillRow row, Instant ended) {
    return !row.ending()
        && ledger
            .drillLeasedUntil(row)
            .filter(until -> until.minus(OpenDrill.LEASE).isAfter(ended.plus(CLOCKS)))
            .isPresent();
  }

  @Override
  Instant began(DrillInput input) {
    return DrillStep.began(step(), input.work().ended(), input.redrives(), clock.instant());
  }
}
