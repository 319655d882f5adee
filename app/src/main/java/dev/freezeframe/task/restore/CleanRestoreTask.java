package dev.freezeframe.task.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.restore.ec2.Ec2Launches;
import dev.freezeframe.restore.ec2.Ec2Volumes;
import dev.freezeframe.restore.undo.Cleaning;
import dev.freezeframe.restore.undo.UndoProgress;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.UndoAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes away what a restore has created, once its target is as it was; or, where somebody asks for
 * it, what is left over of one that was undone or failed.
 */
public final class CleanRestoreTask extends JsonTask<RestoreInput, UndoAnswer> {
  private final Ledger ledger;
  private final Cleaning cleaning;
  private final Clock clock;

  public CleanRestoreTask() {
    this(new AwsDependencies());
  }

  public CleanRestoreTask(TaskDependencies dependencies) {
    super(RestoreInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
    this.cleaning =
        new Cleaning(
            ledger,
            new Ec2Volumes(dependencies.ec2()),
            new Ec2Launches(dependencies.ec2()),
            clock,
            dependencies.pause());
  }

  @Override
  protected String explain(UndoAnswer answer) {
    return answer.words();
  }

  @Override
  protected UndoAnswer handle(RestoreInput order) {
    boolean byHand = order.work().clean().orElse(false);
    Optional<RestoreRow> row = ledger.restore(order.id());
    if (byHand && row.isEmpty()) {
      throw refused(order, "which is not on record");
    }
    if (row.isEmpty() || row.get().status() == Status.REFUSED || !order.concerns(row.get())) {
      return UndoAnswer.nothing("it has created nothing");
    }
    if (byHand && row.get().notUndone()) {
      row = Optional.of(endUndo(row.get()));
    }
    boolean undoing = row.get().open() && row.get().undoing();
    boolean over = !row.get().open() && row.get().status() != Status.SUCCEEDED;
    if (byHand && !over) {
      throw refused(order, "which is %s".formatted(row.get().status()));
    }
    if (!byHand && !undoing) {
      return UndoAnswer.nothing("%s has ended as %s".formatted(order.id(), row.get().status()));
    }
    UndoProgress progress =
        cleaning.step(row.get(), RestoreUndoing.plan(ledger, row.get()), undoing);
    return undoing
        ? RestoreUndoing.answer(row.get(), progress, clock.instant())
        : UndoAnswer.of(progress, Duration.ZERO);
  }

  /** Who cleans up wants no undo any more: its instance stays as it is. */
  private RestoreRow endUndo(RestoreRow row) {
    return ledger.recordRestoreEnded(
        row.id(), Status.FAILED, RestoreUndoing.endedByHand(row), clock.instant());
  }

  private static InputRefusedException refused(RestoreInput order, String why) {
    return new InputRefusedException(
        "restore is %s, %s, expected one that was undone or has failed".formatted(order.id(), why));
  }
}
