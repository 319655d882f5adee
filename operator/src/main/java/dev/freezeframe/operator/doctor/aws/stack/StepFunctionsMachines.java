package dev.freezeframe.operator.doctor.aws.stack;

import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;

/** Asks Step Functions about state machines. */
public final class StepFunctionsMachines {
  private final SfnClient stepFunctions;

  public StepFunctionsMachines(SfnClient stepFunctions) {
    this.stepFunctions = stepFunctions;
  }

  /**
   * The status of a state machine, such as {@code ACTIVE}; empty if none.
   *
   * @param machine its ARN
   */
  public Asked<Optional<String>> status(String machine) {
    return Question.ask(
        "states:DescribeStateMachine",
        () -> {
          try {
            return Optional.of(
                stepFunctions
                    .describeStateMachine(request -> request.stateMachineArn(machine))
                    .statusAsString());
          } catch (StateMachineDoesNotExistException none) {
            return Optional.empty();
          }
        });
  }
}
