package dev.freezeframe.rehearsal.cloud;

/**
 * The caller of an operation.
 *
 * @param execution ARN of the execution on whose behalf, empty string if none
 * @param task simple name of the task without {@code Task}, such as {@code CreateSnapshots}
 * @param instanceId the instance that the invocation is about, empty string if none or unknown
 */
public record Caller(String execution, String task, String instanceId) {

  /** A caller outside any execution. */
  public static final Caller UNNAMED = new Caller("", "", "");
}
