package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillOrder;
import dev.freezeframe.task.CaughtError;
import dev.freezeframe.task.TaskResult;
import java.util.Optional;

/**
 * The state of an execution of {@code drill-set} that drills one set. It stays small: the plan and
 * what is found are in the ledger.
 *
 * @param order what is drilled; empty: it is only to be taken away
 * @param abandonedAt in milliseconds of the epoch, when its execution broke off
 * @param step how far the function is that waits for something
 * @param ended how far the taking away is
 * @param problem why it goes on no more
 * @param endProblem why it could not be taken away
 */
public record DrillWork(
    DrillId drillId,
    Optional<DrillOrder> order,
    Optional<Long> abandonedAt,
    Optional<TaskResult<DrillStep>> step,
    Optional<TaskResult<DrillStep>> ended,
    Optional<CaughtError> problem,
    Optional<CaughtError> endProblem) {}
