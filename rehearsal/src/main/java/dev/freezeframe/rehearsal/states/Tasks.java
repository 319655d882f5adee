package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freezeframe.rehearsal.cloud.EventSink;
import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.functions.Answer;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** What Task states do in other services. */
final class Tasks {
  private static final Duration LATENCY = Duration.ofMillis(30);

  /** From the end of an execution until one that waited for it knows. */
  private static final Duration NEWS = Duration.ofMillis(200);

  private final VirtualTime time;
  private final Seed seed;
  private final Latencies latencies;
  private final Functions functions;
  private final EventSink events;
  private final AlarmReader alarms;
  private final StepFunctions states;
  private long entries;

  Tasks(
      VirtualTime time,
      Seed seed,
      Latencies latencies,
      Functions functions,
      EventSink events,
      AlarmReader alarms,
      StepFunctions states) {
    this.time = time;
    this.seed = seed;
    this.latencies = latencies;
    this.functions = functions;
    this.events = events;
    this.alarms = alarms;
    this.states = states;
  }

  void perform(Resource resource, TaskCall call) {
    switch (resource) {
      case LAMBDA_INVOKE -> invoke(call);
      case START_EXECUTION -> start(call, false);
      case START_EXECUTION_AND_WAIT -> start(call, true);
      case PUT_EVENTS -> putEvents(call);
      case DESCRIBE_ALARMS -> describeAlarms(call);
    }
  }

  private void invoke(TaskCall call) {
    String payload = call.parameters().path("Payload").toString();
    functions.invoke(
        call.parameters().path("FunctionName").asText(),
        payload.getBytes(StandardCharsets.UTF_8),
        call.execution(),
        answer -> {
          if (answer instanceof Answer.Success success) {
            call.succeed(invoked(success.payload()));
          } else if (answer instanceof Answer.FunctionError error) {
            ObjectNode cause = Json.object();
            cause.put("errorMessage", error.errorMessage());
            cause.put("errorType", error.errorType());
            if (!error.stackTrace().isEmpty()) {
              error.stackTrace().forEach(cause.putArray("stackTrace")::add);
            }
            call.fail(error.errorType(), cause.toString());
          } else if (answer instanceof Answer.Refused refused) {
            call.fail(refused.code(), refused.message());
          }
        });
  }

  private static ObjectNode invoked(String payload) {
    ObjectNode result = Json.object();
    result.put("ExecutedVersion", "$LATEST");
    result.set("Payload", Json.tryRead(payload).orElseGet(() -> TextNode.valueOf(payload)));
    result.put("StatusCode", 200);
    return result;
  }

  private void start(TaskCall call, boolean andWait) {
    JsonNode parameters = call.parameters();
    JsonNode input = parameters.has("Input") ? parameters.get("Input") : Json.object();
    String name = parameters.path("Name").asText();
    try {
      Execution child =
          states.startForState(parameters.path("StateMachineArn").asText(), name, input);
      if (andWait) {
        call.whenAbandoned(() -> states.abort(child.arn()));
        states.whenEnded(child, () -> time.after(latencies.of(NEWS), () -> report(call, child)));
      } else {
        ObjectNode started = Json.object();
        started.put("ExecutionArn", child.arn());
        started.put("StartDate", child.startedAt().toEpochMilli());
        time.after(latencies.of(LATENCY), () -> call.succeed(started));
      }
    } catch (StepFunctionsException refused) {
      time.after(latencies.of(LATENCY), () -> call.fail(refused.errorName(), refused.getMessage()));
    }
  }

  private static void report(TaskCall call, Execution child) {
    ObjectNode description = describe(child);
    if (child.status() == ExecutionStatus.SUCCEEDED) {
      call.succeed(description);
    } else {
      call.fail("States.TaskFailed", description.toString());
    }
  }

  /** As {@code startExecution.sync:2} gives it. */
  private static ObjectNode describe(Execution child) {
    ObjectNode description = Json.object();
    child.cause().ifPresent(cause -> description.put("Cause", cause));
    child.error().ifPresent(error -> description.put("Error", error));
    description.put("ExecutionArn", child.arn());
    description.set("Input", child.input());
    description.putObject("InputDetails").put("Included", true);
    description.put("Name", child.name());
    child.output().ifPresent(output -> description.set("Output", output));
    description.putObject("OutputDetails").put("Included", true);
    description.put("RedriveCount", child.redriveCount());
    description.put("StartDate", child.startedAt().toEpochMilli());
    description.put("StateMachineArn", child.stateMachineArn());
    description.put("Status", child.status().name());
    description.put("StopDate", child.endedAt().map(Instant::toEpochMilli).orElse(null));
    return description;
  }

  private void putEvents(TaskCall call) {
    ObjectNode result = Json.object();
    result.put("FailedEntryCount", 0);
    for (JsonNode entry : call.parameters().path("Entries")) {
      ObjectNode event = event(entry);
      events.publish(event);
      result.withArray("Entries").addObject().put("EventId", event.path("id").asText());
    }
    time.after(latencies.of(LATENCY), () -> call.succeed(result));
  }

  /** Decided when the answer comes: what was asked for a moment ago may be otherwise by then. */
  private void describeAlarms(TaskCall call) {
    time.after(
        latencies.of(LATENCY),
        () -> {
          try {
            call.succeed(alarms.describeAlarms(call.parameters()));
          } catch (AlarmReader.Refused refused) {
            call.fail(refused.errorName(), refused.getMessage());
          }
        });
  }

  private ObjectNode event(JsonNode entry) {
    JsonNode given = entry.path("Detail");
    JsonNode detail = given.isTextual() ? Json.read(given.asText()) : given;
    ObjectNode event =
        StatusEvent.envelope(
            entry.path("Source").asText(),
            entry.path("DetailType").asText(),
            seed.uuid("put event " + ++entries),
            time.instant(),
            detail instanceof ObjectNode object ? object : Json.object());
    entry.path("Resources").forEach(event.withArray("resources")::add);
    return event;
  }
}
