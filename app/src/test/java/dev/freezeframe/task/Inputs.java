package dev.freezeframe.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.common.Json;
import dev.freezeframe.policy.PolicyReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An input of each task, as it comes when all is well. */
public final class Inputs {
  private static final String POLICY =
      """
      name: daily
      targets: ["snapshot=snapshot", "backup"]
      volumes: {excludeTags: ["backup=never"]}
      scripts: {document: freezeframe-filesystem, retries: 2}
      retention: {days: 14, count: 3, tiers: {daily: 7}}
      tags: {add: {team: data}}
      """;

  private static final String ANSWERS =
      """
      {"inspection": {"answer": {"next": "DRY_RUN", "reason": "the agent is online",
         "preScript": true, "postScript": true, "retries": 2, "fallBack": true,
         "document": {"name": "freezeframe-filesystem", "version": "3", "sha256": "ab", "stamps": true},
         "volumes": {"included": ["vol-0123456789abcdef0"], "excludeBoot": true,
           "excludeData": ["vol-0123456789abcdef1"], "reasons": ["it boots"],
           "devices": {"vol-0123456789abcdef0": "/dev/sdf"}},
         "stopped": false, "launchedAt": "2026-11-01T00:00:00Z",
         "lifetime": {"days": 14, "reason": "the policy says 14 days"}}},
       "dryRun": {"answer": {}},
       "preScript": {"answer": {"attempt": "f6cc8fb6-9e4a-3ba5-9d8e-000000000001",
         "knownAt": "2026-11-22T02:59:50Z", "startedAt": "2026-11-22T02:59:48Z",
         "frozenAt": "2026-11-22T02:59:49Z", "frozeNothing": false}},
       "set": {"answer": {"id": "f6cc8fb6-9e4a-3ba5-9d8e-000000000001",
         "pointInTime": "2026-11-22T02:59:51Z",
         "members": [{"snapshot": "snap-0123456789abcdef0", "volume": "vol-0123456789abcdef0"}],
         "quiescent": false, "adopted": false}},
       "createProblem": {"Error": "States.Timeout", "Cause": "{\\"errorMessage\\": \\"late\\"}"},
       "postScript": {"answer": {"attempt": "f6cc8fb6-9e4a-3ba5-9d8e-000000000001",
         "sentAt": "2026-11-22T02:59:52Z", "answer": "THAWED", "words": "succeeded",
         "thawedAt": "2026-11-22T02:59:53Z", "endedAt": "2026-11-22T02:59:53Z"}},
       "completion": {"answer": {"settled": false, "waitSeconds": 60, "words": "pending"}}}
      """;

  private static final String EVENT =
      """
      {"version": "0", "id": "1", "detail-type": "EBS Multi-Volume Snapshots Completion Status",
       "source": "aws.ec2", "account": "123456789012", "time": "2026-11-22T02:07:01Z",
       "region": "eu-central-1", "resources": [],
       "detail": {"event": "createSnapshots", "result": "failed", "cause": "one failed",
         "request-id": "", "startTime": "2026-11-22T02:00:04Z", "endTime": "2026-11-22T02:07:00Z",
         "snapshots": [
           {"snapshot_id": "arn:aws:ec2::eu-central-1:snapshot/snap-0123456789abcdef0",
            "source": "arn:aws:ec2::eu-central-1:volume/vol-0123456789abcdef0",
            "status": "completed"},
           {"snapshot_id": "arn:aws:ec2::eu-central-1:snapshot/snap-0123456789abcdef1",
            "source": "arn:aws:ec2::eu-central-1:volume/vol-0123456789abcdef1",
            "status": "error"}]}}
      """;

  private static final String RESTORE =
      """
      {"execution": "arn:aws:states:e:1:execution:restore-set:restore-20261122T020000Z-1a2b3c4d",
       "redrives": 0, "work": {"restoreId": "restore-20261122T020000Z-1a2b3c4d",
         "hash": "0123456789abcdef",
         "request": {"set": "f6cc8fb6-9e4a-3ba5-9d8e-000000000001",
           "instance": "i-0123456789abcdef0", "to": "in-place", "zone": "eu-central-1a",
           "initializeMiBps": 200, "waitInitialized": false, "leave": ["vol-0123456789abcdef9"],
           "accept": ["UNKNOWN"], "withoutTags": ["team"], "targetTags": false},
         "step": {"answer": {"task": "StopTarget", "done": false, "waitSeconds": 15,
           "since": "2026-11-22T02:50:00Z", "words": "it is stopping"}, "redrives": 0},
         "undone": {"answer": {"done": true, "waitSeconds": 0, "nothing": false,
           "words": "it is as it was", "left": []}, "redrives": 0}}}
      """;

  /** The functions of {@code restore-set}. */
  private static final List<String> RESTORING =
      List.of(
          "AttachVolumes",
          "AwaitInitialized",
          "AwaitVolumes",
          "ClaimRestore",
          "CleanRestore",
          "CreateVolumes",
          "DeregisterImage",
          "DetachReplaced",
          "LaunchInstance",
          "RecordRestore",
          "RegisterImage",
          "ReplaceRoot",
          "StartTarget",
          "StopTarget",
          "UndoRestore");

  private static final String DRILL =
      """
      {"execution": "arn:aws:states:e:1:execution:drill-set:drill-20261122T020000Z-1a2b3c4d",
       "redrives": 0, "work": {"drillId": "drill-20261122T020000Z-1a2b3c4d",
         "order": {"policy": "daily", "set": "f6cc8fb6-9e4a-3ba5-9d8e-000000000001",
           "instance": "i-0123456789abcdef0", "reason": "it was never drilled",
           "drill": {"every": "PT2160H",
             "schedule": {"expression": "cron(0 8 * * ? *)", "timeZone": "UTC",
               "flexibleWindow": "PT0S"},
             "level": "L2", "document": "freezeframe-drill-filesystem", "timeout": "PT30M",
             "host": {"subnets": [], "securityGroups": []},
             "limits": {"maxConcurrent": 2, "maxGiB": 2000, "maxPerMonth": 20.0},
             "targets": {"rto": "PT1H"}}},
         "step": {"answer": {"task": "LaunchDrill", "done": false, "failed": false,
           "nothing": false, "waitSeconds": 10, "since": "2026-11-22T02:50:00Z",
           "words": "it is pending", "left": []}, "redrives": 0},
         "ended": {"answer": {"task": "EndDrill", "done": true, "failed": false,
           "nothing": false, "waitSeconds": 0, "since": "2026-11-22T02:50:00Z",
           "words": "nothing of it is left", "left": []}, "redrives": 0}}}
      """;

  /** The functions of {@code drill-set} that go on with a drill. */
  private static final List<String> DRILLING =
      List.of("ClaimDrill", "LaunchDrill", "EndDrill", "RecordDrill");

  private Inputs() {}

  public static Map<String, JsonNode> all() {
    ObjectNode policy = Json.mapper().valueToTree(new PolicyReader().read("daily.yaml", POLICY));
    ObjectNode backup = object("{\"execution\": \"arn:aws:states:e:1:execution:m:n\"}");
    backup.put("instanceId", "i-0123456789abcdef0");
    backup.put("redrives", 1);
    backup.put("enteredAt", "2026-11-22T02:59:50Z");
    ObjectNode work = backup.putObject("work");
    work.set("policy", policy);
    work.put("runId", "daily-20261122T020000Z");
    work.set("attempt", object("{\"number\": 1, \"scriptFailures\": 0, \"refusals\": 0}"));
    work.setAll(object(ANSWERS));
    Map<String, JsonNode> inputs = new TreeMap<>();
    for (String task : Task.byName().keySet()) {
      inputs.put(task, backup);
    }
    inputs.put("SelectTargets", run(policy));
    inputs.put("SummarizeRun", run(policy));
    inputs.put("ApplySnapshotEvent", object(EVENT));
    inputs.put("ThawAbandoned", abandoned(backup));
    inputs.put("RecordAbandoned", abandoned(backup));
    ObjectNode watch = object("{\"grace\": \"PT26H\"}");
    ObjectNode watched = watch.putArray("policies").addObject();
    watched.set("name", policy.get("name"));
    watched.set("schedule", policy.get("schedule"));
    inputs.put("WatchRecoveryPoints", watch);
    inputs.put("StartStopped", object("{}"));
    inputs.put("SweepRestores", object("{}"));
    for (String task : RESTORING) {
      inputs.put(task, object(RESTORE));
    }
    for (String task : DRILLING) {
      inputs.put(task, object(DRILL));
    }
    ObjectNode validation = object(DRILL);
    validation.put("command", "validate");
    inputs.put("ValidateDrill", validation);
    inputs.put("SweepDrills", object("{}"));
    inputs.put("ChooseDrills", choice());
    inputs.put("StopInstance", stopping(backup));
    inputs.put("StartInstance", stopping(backup));
    inputs.put(
        "PlanExpiry",
        object(
            """
            {"execution": "e", "work": {"limit": {"snapshots": 10, "share": 0.5},
              "expiry": {"answer": {"plan": "p", "done": false, "pages": 1, "sets": 1,
                "snapshots": 1, "kept": 0, "within": true, "leftOut": 0, "words": "one",
                "shown": [], "draft": {"plan": "p", "groups": 2, "planned": 1, "pages": 1,
                  "sets": 1, "snapshots": 1, "kept": 0, "unreplaced": 0, "leftOut": 0,
                  "firstLeftOut": "3 of 4 sets"}}}}}
            """));
    inputs.put(
        "DeleteSnapshots",
        object(
            """
            {"execution": "e", "work": {"deletesPerSecond": 4.0,
              "expiry": {"answer": {"plan": "p", "done": true, "pages": 1, "sets": 1, "snapshots": 1,
                "kept": 0, "within": true, "leftOut": 0, "words": "one", "shown": []}},
              "deletion": {"answer": {"nextPage": 1, "done": false, "deleted": 0, "gone": 0,
                "kept": 0, "stayed": []}}}}
            """));
    inputs.put(
        "ReconcileLedger",
        object(
            """
            {"execution": "e", "work": {"reconciliation": {"answer": {"side": "LEDGER",
              "done": false, "next": "daily#i-0123456789abcdef0", "compared": 0, "adopted": 0,
              "vanished": 0, "returned": 0, "found": []}}}}
            """));
    ObjectNode adoption = object("{\"apply\": true, \"tag\": \"dlm\", \"next\": \"t\"}");
    adoption.put("instanceTag", "instance-id").put("instanceId", "i-0123456789abcdef0");
    adoption.set("policy", policy);
    inputs.put("AdoptSnapshots", adoption);
    return inputs;
  }

  private static ObjectNode choice() {
    ObjectNode choice = object("{\"execution\": \"e\"}");
    ObjectNode work = choice.putObject("work");
    work.put("scheduledAt", "2026-11-22T08:00:00Z").put("policy", "daily");
    work.set("drill", object(DRILL).at("/work/order/drill"));
    return choice;
  }

  /** The input of a task while nothing has gone wrong: no redrive, and a freeze that is new. */
  public static JsonNode whileFrozen(String task) {
    JsonNode input = all().get(task).deepCopy();
    if (input.at("/work/preScript/answer") instanceof ObjectNode preScript) {
      preScript.put("knownAt", "2099-01-01T00:00:00Z");
      ((ObjectNode) input).put("redrives", 0);
    }
    return input;
  }

  private static ObjectNode stopping(ObjectNode backup) {
    ObjectNode input = backup.deepCopy();
    ObjectNode work = (ObjectNode) input.get("work");
    List.of("dryRun", "preScript", "postScript", "createProblem", "completion")
        .forEach(work::remove);
    work.set(
        "policy",
        Json.mapper()
            .valueToTree(
                new PolicyReader()
                    .read(
                        "daily.yaml",
                        """
                        name: daily
                        hold: stop
                        stop: {forceAfter: 5m, window: 22:00-21:00, groupByTag: cluster, orderByTag: n, skipIfAlarm: [restoring]}
                        """)));
    work.set(
        "stop",
        object(
            """
            {"answer": {"state": "STOPPED", "waitSeconds": 0, "place": {"group": "blue", "order": 7, "since": "2026-11-22T02:50:00Z"},
              "launchedAt": "2026-11-01T00:00:00Z", "forced": false, "agent": true,
              "warning": "its public address goes", "words": "it is stopped"}, "redrives": 1}
            """));
    work.set(
        "alarms",
        object(
            """
            {"answer": {"MetricAlarms": [{"AlarmName": "restoring", "StateValue": "OK",
              "StateReason": "quiet"}], "CompositeAlarms": []}, "at": "2026-11-22T02:59:00Z"}
            """));
    work.set(
        "start",
        object(
            """
            {"answer": {"done": false, "waitSeconds": 10, "looks": 1,
              "words": "its start is ordered"}, "redrives": 1}
            """));
    return input;
  }

  private static ObjectNode run(ObjectNode policy) {
    ObjectNode run = object("{\"execution\": \"arn:aws:states:e:1:execution:r:n\"}");
    ObjectNode work = run.putObject("work");
    work.set("policy", policy);
    work.put("scheduledAt", "2026-11-22T02:00:00Z");
    work.set("page", object("{\"number\": 2, \"token\": \"t\", \"ordered\": 500}"));
    work.set(
        "selection",
        object(
            """
            {"answer": {"ours": true, "runId": "daily-20261122T020000Z", "words": "page 2",
              "targets": [{"instanceId": "i-0123456789abcdef0", "reason": "tagged",
                "startAfterSeconds": 7, "executionName": "n"}]}}
            """));
    return run;
  }

  private static ObjectNode abandoned(ObjectNode backup) {
    ObjectNode input = Json.mapper().createObjectNode();
    input.set("instanceId", backup.get("instanceId"));
    input.set("runId", backup.get("work").get("runId"));
    input.set("policy", backup.get("work").get("policy"));
    ObjectNode event = object(EVENT);
    event.put("source", "aws.states");
    event.put("detail-type", "Step Functions Execution Status Change");
    ObjectNode detail = event.putObject("detail");
    detail.put("executionArn", backup.get("execution").asText());
    detail.put("stateMachineArn", "arn:aws:states:e:1:stateMachine:m");
    detail.put("status", "ABORTED");
    detail.put("redriveCount", 0);
    detail.putNull("output");
    detail.put("input", input.toString());
    return event;
  }

  static ObjectNode object(String json) {
    try {
      return (ObjectNode) Json.mapper().readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("expected JSON in the test itself", impossible);
    }
  }
}
