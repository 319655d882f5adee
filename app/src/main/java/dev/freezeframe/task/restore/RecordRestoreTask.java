package dev.freezeframe.task.restore;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.restore.RestoreFailedException;
import dev.freezeframe.restore.RestoreLostException;
import dev.freezeframe.restore.RestoreRow;
import dev.freezeframe.restore.RestoreRow.Status;
import dev.freezeframe.task.AwsDependencies;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.InputRefusedException;
import dev.freezeframe.task.JsonTask;
import dev.freezeframe.task.TaskDependencies;
import dev.freezeframe.task.TaskResult;
import dev.freezeframe.task.restore.message.RestoreEvent;
import dev.freezeframe.task.restore.message.RestoreInput;
import dev.freezeframe.task.restore.message.RestoreStep;
import dev.freezeframe.task.restore.message.RestoreWork;
import dev.freezeframe.task.restore.message.UndoAnswer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Records how a restore has ended; its answer is the event. */
public final class RecordRestoreTask extends JsonTask<RestoreInput, RestoreEvent> {
  private final Ledger ledger;
  private final Clock clock;

  public RecordRestoreTask() {
    this(new AwsDependencies());
  }

  public RecordRestoreTask(TaskDependencies dependencies) {
    super(RestoreInput.class);
    this.ledger = dependencies.ledger();
    this.clock = dependencies.clock();
  }

  @Override
  protected String explain(RestoreEvent event) {
    return "%s: %s".formatted(event.status(), event.reason());
  }

  /**
   * Records.
   *
   * @throws RestoreFailedException if another execution undoes it, which then records its end
   */
  @Override
  protected RestoreEvent handle(RestoreInput order) {
    RestoreRow row =
        ledger
            .restore(order.id())
            .filter(order::concerns)
            .orElseThrow(
                () ->
                    new InputRefusedException(
                        "restore is %s, expected one of this execution that is on record"
                            .formatted(order.id())));
    RestoreRow ended = row.open() ? record(order.work(), row) : row;
    return RestoreEvent.of(
        ended, ledger.restorePlan(order.id()), ledger.restoredVolumes(order.id()));
  }

  private RestoreRow record(RestoreWork work, RestoreRow row) {
    if (!row.undoing() && work.problem().isEmpty() && work.request().isPresent()) {
      String words =
          work.step().map(TaskResult::answer).map(RestoreStep::words).orElse("it is complete");
      return end(row, Status.SUCCEEDED, words);
    }
    if (work.undone().isEmpty() && work.undoProblem().isEmpty()) {
      throw new RestoreFailedException(
          "%s is being undone by another execution".formatted(row.id()));
    }
    String why = why(work, row);
    if (work.undoProblem().isPresent()) {
      return notUndone(row, why, work.undoProblem().get());
    }
    Optional<UndoAnswer> undone = work.undone().map(TaskResult::answer);
    List<String> left = undone.map(UndoAnswer::left).orElse(List.of());
    return left.isEmpty()
        ? end(
            row,
            Status.UNDONE,
            "%s; %s".formatted(why, undone.map(UndoAnswer::words).orElse("nothing was done")))
        : end(
            row, Status.FAILED, "%s; it is undone, but %s".formatted(why, String.join("; ", left)));
  }

  /** One that was tried before has failed for the reason of that time. */
  private static String why(RestoreWork work, RestoreRow row) {
    return work.problem()
        .map(CaughtError::words)
        .or(
            () ->
                work.abandonedAt().isPresent() || row.notUndone()
                    ? Optional.of(RestoreUndoing.why(row))
                    : Optional.empty())
        .orElse("somebody asked for it");
  }

  /** What is gone does not come back; any other problem may pass, and the sweep tries again. */
  private RestoreRow notUndone(RestoreRow row, String why, CaughtError problem) {
    return problem.error().equals(RestoreLostException.class.getName())
        ? end(row, Status.FAILED, "%s; it cannot be undone: %s".formatted(why, problem.words()))
        : ledger.recordNotUndone(
            row.id(), RestoreUndoing.notUndone(why, problem.words()), clock.instant());
  }

  private RestoreRow end(RestoreRow row, Status status, String words) {
    return ledger.recordRestoreEnded(row.id(), status, words, clock.instant());
  }
}
