package dev.freezeframe.task;

import dev.freezeframe.task.event.SnapshotEvents;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which events of the own account reach a function, wherever it is deployed: in AWS or in an
 * embedded cloud.
 *
 * @param task the function's name
 * @param detail fields of the event's detail, and the values that each may have
 */
public record EventRule(
    String task, String source, List<String> detailTypes, Map<String, List<String>> detail) {

  public EventRule {
    detailTypes = List.copyOf(detailTypes);
    detail = Collections.unmodifiableMap(new TreeMap<>(detail));
  }

  /**
   * The pattern of the rule, as EventBridge has it.
   *
   * @param account whose events they are
   */
  public Map<String, Object> pattern(String account) {
    return new TreeMap<>(
        Map.of(
            "account",
            List.of(account),
            "source",
            List.of(source),
            "detail-type",
            detailTypes,
            "detail",
            detail));
  }

  /** Every rule of a deployment. */
  public static List<EventRule> all(String snapshotInstance) {
    return List.of(settledSnapshots(), brokenExecutions(snapshotInstance));
  }

  /** Snapshots that completed or failed, for the ledger. */
  public static EventRule settledSnapshots() {
    return new EventRule(
        "ApplySnapshotEvent",
        "aws.ec2",
        List.of(SnapshotEvents.SINGLE, SnapshotEvents.SET),
        Map.of("event", List.of("createSnapshot", "createSnapshots")));
  }

  /**
   * Executions that broke off and may have left a guest frozen.
   *
   * @param snapshotInstance ARN of the state machine
   */
  public static EventRule brokenExecutions(String snapshotInstance) {
    return new EventRule(
        "ThawAbandoned",
        "aws.states",
        List.of("Step Functions Execution Status Change"),
        Map.of(
            "status", List.of("ABORTED", "TIMED_OUT", "FAILED"),
            "stateMachineArn", List.of(snapshotInstance)));
  }
}
