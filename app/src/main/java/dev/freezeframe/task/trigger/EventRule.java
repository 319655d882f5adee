package dev.freezeframe.task.trigger;

import dev.freezeframe.task.event.SnapshotEvents;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which events of the own account start what, wherever it is deployed: in AWS or in an embedded
 * cloud.
 *
 * @param target what an event starts
 * @param detail fields of the event's detail, and the values that each may have: as they are, or a
 *     prefix in EventBridge's own words
 */
public record EventRule(
    DeployedSchedule.Target target,
    String source,
    List<String> detailTypes,
    Map<String, List<Object>> detail) {

  /**
   * How often EventBridge delivers an event again that its target refuses: the most that it takes
   * ({@code RetryPolicy} of its API).
   */
  public static final int DELIVERIES = 185;

  /** For how long it does; the most too. What is then left waits in a queue for a person. */
  public static final Duration DELIVERED_FOR = Duration.ofHours(24);

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
  public static List<EventRule> all(String snapshotInstance, String restoreSet, String drillSet) {
    return List.of(
        settledSnapshots(),
        brokenExecutions(snapshotInstance),
        brokenRestores(restoreSet),
        brokenDrills(drillSet));
  }

  /** Snapshots that completed or failed, for the ledger. */
  public static EventRule settledSnapshots() {
    return new EventRule(
        new DeployedSchedule.Target.Task("ApplySnapshotEvent"),
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
        new DeployedSchedule.Target.Machine("thaw-abandoned"),
        "aws.states",
        List.of("Step Functions Execution Status Change"),
        Map.of(
            "status", List.of("ABORTED", "TIMED_OUT", "FAILED"),
            "stateMachineArn", List.of(snapshotInstance)));
  }

  /**
   * Executions of restores that broke off, and may have left an instance stopped, or volumes. Those
   * that this rule itself starts have other names, so that none leads to another.
   *
   * @param restoreSet ARN of the state machine
   */
  public static EventRule brokenRestores(String restoreSet) {
    return broken("restore-set", restoreSet, "restore-");
  }

  /**
   * Executions of drills that broke off, and may have left an instance; those that only choose are
   * not named as a drill is.
   *
   * @param drillSet ARN of the state machine
   */
  public static EventRule brokenDrills(String drillSet) {
    return broken("drill-set", drillSet, "drill-");
  }

  /** What takes care of an execution is the same machine, under a name without the prefix. */
  private static EventRule broken(String machine, String arn, String prefix) {
    return new EventRule(
        new DeployedSchedule.Target.Machine(machine),
        "aws.states",
        List.of("Step Functions Execution Status Change"),
        Map.of(
            "status", List.of("ABORTED", "TIMED_OUT", "FAILED"),
            "stateMachineArn", List.of(arn),
            "name", List.of(Map.of("prefix", prefix))));
  }
}
