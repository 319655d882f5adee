package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.lambda.Json;
import dev.freezeframe.rehearsal.events.EventBus;
import dev.freezeframe.rehearsal.events.Target;
import dev.freezeframe.rehearsal.functions.Functions;
import java.util.List;
import java.util.Map;

/** The rules of a deployment: which events reach which function. */
final class Rules {
  private Rules() {}

  static void connect(EventBus bus, Functions functions, String snapshotInstance) {
    bus.rule(
        "snapshot-events",
        pattern(
            Map.of(
                "source", List.of("aws.ec2"),
                "detail-type",
                    List.of(
                        "EBS Snapshot Notification",
                        "EBS Multi-Volume Snapshots Completion Status"))),
        Target.function(functions, "ApplySnapshotEvent"));
    bus.rule(
        "abandoned-executions",
        pattern(
            Map.of(
                "source", List.of("aws.states"),
                "detail-type", List.of("Step Functions Execution Status Change"),
                "detail",
                    Map.of(
                        "stateMachineArn", List.of(snapshotInstance),
                        "status", List.of("ABORTED", "TIMED_OUT", "FAILED")))),
        Target.function(functions, "ThawAbandoned"));
  }

  private static JsonNode pattern(Map<String, Object> pattern) {
    return Json.mapper().valueToTree(pattern);
  }
}
