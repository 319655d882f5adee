package dev.freezeframe.rehearsal.cloud;

/** Lets an operator abort executions. */
public interface ExecutionFault {

  /** None is aborted. */
  ExecutionFault NONE = new ExecutionFault() {};

  /**
   * Whether an execution is aborted when it leaves a state.
   *
   * @param instanceId {@code instanceId} of the execution's input, empty string if it has none
   */
  default boolean abortsAfter(String instanceId, String state) {
    return false;
  }
}
