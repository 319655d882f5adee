package dev.freezeframe.task.drill;

import dev.freezeframe.drill.DrillCommand;
import dev.freezeframe.drill.DrillId;
import dev.freezeframe.drill.DrillRow;
import dev.freezeframe.task.InputRefusedException;
import java.util.Optional;

/**
 * The input of a function of {@code drill-set}.
 *
 * @param execution ARN
 * @param redrives how often the execution was redriven
 * @param command that is to be run; of one function alone
 * @param work the state of the execution
 */
public record DrillInput(
    String execution, int redrives, Optional<DrillCommand> command, DrillWork work) {

  DrillId id() {
    return work.drillId();
  }

  /** Whether a drill is that of the execution, or the execution is for taking it away. */
  boolean concerns(DrillRow row) {
    return work.order().isEmpty() || execution.equals(row.execution());
  }

  /** Refuses an id that is on record for another execution, or for another order. */
  InputRefusedException ofAnother(DrillRow row) {
    return new InputRefusedException(
        "drill is %s, which is on record for %s, expected a new id"
            .formatted(id(), row.execution()));
  }

  /** Whether no function of another execution, or of before a redrive, can be at work on it. */
  boolean alone(DrillRow row) {
    return execution.equals(row.execution()) && redrives == 0;
  }
}
