package dev.freezeframe.rehearsal.cloud;

/** Lets an operator abort executions, and Step Functions refuse to start them. */
public interface ExecutionFault {

  /** None is aborted, and none refused. */
  ExecutionFault NONE = new ExecutionFault() {};

  /**
   * Whether an execution is aborted when it leaves a state.
   *
   * @param execution its ARN
   * @param instanceId {@code instanceId} of the execution's input, empty string if it has none
   */
  default boolean abortsAfter(String execution, String instanceId, String state) {
    return false;
  }

  /**
   * Whether a state machine that asks for an execution is refused, as over a quota.
   *
   * @param name of the execution that is asked for
   */
  default boolean refusesStart(String name) {
    return false;
  }

  /**
   * Whether EventBridge is refused that asks for an execution of a state machine, as over the rate
   * of StartExecution.
   *
   * @param stateMachine its ARN
   */
  default boolean refusesEvent(String stateMachine) {
    return false;
  }
}
