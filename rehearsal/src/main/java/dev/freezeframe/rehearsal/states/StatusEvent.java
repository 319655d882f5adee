package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.Account;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Events as Step Functions and PutEvents put them on the bus. */
final class StatusEvent {
  private StatusEvent() {}

  /** {@code Step Functions Execution Status Change}: how an execution stands. */
  static ObjectNode of(Execution execution, UUID id, Instant now) {
    ObjectNode detail = Json.object();
    detail.put("executionArn", execution.arn());
    detail.put("stateMachineArn", execution.stateMachineArn());
    detail.put("name", execution.name());
    detail.put("status", execution.status().name());
    detail.put("startDate", execution.startedAt().toEpochMilli());
    detail.put("stopDate", execution.endedAt().map(Instant::toEpochMilli).orElse(null));
    detail.put("input", execution.input().toString());
    detail.putObject("inputDetails").put("included", true);
    detail.put("output", execution.output().map(Object::toString).orElse(null));
    if (execution.output().isPresent()) {
      detail.putObject("outputDetails").put("included", true);
    } else {
      detail.putNull("outputDetails");
    }
    detail.put("error", execution.error().orElse(null));
    detail.put("cause", execution.cause().orElse(null));
    detail.put("redriveCount", execution.redriveCount());
    ObjectNode event =
        envelope("aws.states", "Step Functions Execution Status Change", id, now, detail);
    event.withArray("resources").add(execution.arn());
    return event;
  }

  /** An event with everything but its resources. */
  static ObjectNode envelope(
      String source, String detailType, UUID id, Instant now, ObjectNode detail) {
    ObjectNode event = Json.object();
    event.put("version", "0");
    event.put("id", id.toString());
    event.put("detail-type", detailType);
    event.put("source", source);
    event.put("account", Account.ID);
    event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", Account.REGION);
    event.putArray("resources");
    event.set("detail", detail);
    return event;
  }
}
