package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillOverException;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A function of {@code drill-set} that looks, does a part, and is invoked again until done. */
abstract class DrillStepTask extends JsonTask<DrillInput, DrillStep> {
  final Ledger ledger;
  final Clock clock;

  DrillStepTask(TaskDependencies dependencies) {
    super(DrillInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
  }

  /**
   * The drill with which an execution goes on.
   *
   * @throws DrillOverException if nobody may go on with it
   */
  OpenDrill open(DrillInput input) {
    return OpenDrill.of(ledger, input, clock);
  }

  @Override
  protected String explain(DrillStep step) {
    return step.words();
  }

  DrillStep done(String words) {
    return DrillStep.done(step(), clock.instant(), words);
  }

  /** The drill goes on no more, and it is on record why. */
  DrillStep failed(String words) {
    return DrillStep.failed(step(), clock.instant(), words);
  }

  DrillStep waiting(DrillInput input, Duration least, String words) {
    return DrillStep.waiting(step(), began(input), clock.instant(), least, words);
  }

  Instant began(DrillInput input) {
    return DrillStep.began(step(), input.work().step(), input.redrives(), clock.instant());
  }

  String step() {
    return getClass().getSimpleName().replaceFirst("Task$", "");
  }
}
