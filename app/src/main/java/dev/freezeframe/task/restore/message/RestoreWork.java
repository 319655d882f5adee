package dev.freezeframe.task.restore.message;

import dev.freezeframe.restore.RestoreId;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.TaskResult;
import java.util.Optional;

/**
 * The state of an execution of {@code restore-set}. It stays small: the plan and the volumes are in
 * the ledger.
 *
 * @param request what is asked for; empty: it is to be undone, or cleaned up
 * @param hash of the plan that was shown
 * @param clean whether what is left over of it is to be deleted
 * @param abandonedAt in milliseconds of the epoch, when its execution broke off; empty: somebody
 *     asks for it
 * @param step how far the function is that waits for something
 * @param undone how far the undo is
 * @param problem why it goes on no more
 * @param undoProblem why it could not be undone
 */
public record RestoreWork(
    RestoreId restoreId,
    Optional<RestoreRequest> request,
    Optional<String> hash,
    Optional<Boolean> clean,
    Optional<Long> abandonedAt,
    Optional<TaskResult<RestoreStep>> step,
    Optional<TaskResult<UndoAnswer>> undone,
    Optional<CaughtError> problem,
    Optional<CaughtError> undoProblem) {}
