package dev.freezeframe.rehearsal.states;

/** How an execution stands, as Step Functions names it. */
public enum ExecutionStatus {
  RUNNING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  ABORTED
}
