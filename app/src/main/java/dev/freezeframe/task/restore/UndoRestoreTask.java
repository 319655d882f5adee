package dev.freezeframe.task.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreLostException;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.ec2.Ec2Launches;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.undo.TargetUndo;
import dev.freezeframe.stop.Ec2InstancePower;
import dev.freezeframe.stop.StartFailedException;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.UndoAnswer;
import java.time.Clock;
import java.time.Duration;

/** Puts back what a restore has changed of an instance. Each step is one invocation. */
public final class UndoRestoreTask extends JsonTask<RestoreInput, UndoAnswer> {
  private final Ledger ledger;
  private final TargetUndo undo;
  private final Clock clock;

  public UndoRestoreTask() {
    this(new AwsDependencies());
  }

  public UndoRestoreTask(TaskDependencies dependencies) {
    super(RestoreInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.undo =
        new TargetUndo(
            ledger,
            new Ec2Volumes(dependencies.ec2()),
            new Ec2Launches(dependencies.ec2()),
            new Ec2InstancePower(dependencies.ec2()),
            clock,
            dependencies.pause());
  }

  @Override
  protected String explain(UndoAnswer answer) {
    return answer.words();
  }

  /**
   * Looks, and does what follows.
   *
   * @throws RestoreFailedException if the instance cannot be put back now
   * @throws RestoreLostException if it never can
   * @throws StartFailedException if EC2 does not start it; the state machine goes on for a day
   */
  @Override
  protected UndoAnswer handle(RestoreInput order) {
    RestoreUndoing.Begun begun = new RestoreUndoing(ledger, clock).begin(order);
    if (begun.row().isEmpty()) {
      if (order.work().request().isEmpty() && ledger.restore(order.id()).isEmpty()) {
        throw new InputRefusedException(
            "restore is %s, expected one that is on record".formatted(order.id()));
      }
      return begun.completed() ? UndoAnswer.done(begun.words()) : UndoAnswer.nothing(begun.words());
    }
    RestoreRow row = begun.row().get();
    Duration late = RestoreUndoing.late(row, order.alone(row.execution()), clock.instant());
    return late.isZero()
        ? RestoreUndoing.answer(
            row, undo.step(row, RestoreUndoing.plan(ledger, row), order.who()), clock.instant())
        : UndoAnswer.waiting(late.plusSeconds(1), "what is done last may not show yet");
  }
}
