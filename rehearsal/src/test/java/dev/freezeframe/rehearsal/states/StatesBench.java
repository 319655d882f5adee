package dev.freezeframe.rehearsal.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.cloud.ExecutionFault;
import dev.freezeframe.rehearsal.cloud.InvocationFault;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.functions.Functions;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Step Functions and Lambda, ready for a test: functions are lambdas, files are resources. */
final class StatesBench implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-22T02:00:00Z");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final VirtualTime time = new VirtualTime(START);
  final List<ObjectNode> events = new ArrayList<>();
  final Functions functions;
  final StepFunctions states;
  boolean brokenSink;
  private final Map<String, String> substitutions = new TreeMap<>();

  StatesBench() {
    this(1, ExecutionFault.NONE);
  }

  StatesBench(long seed, ExecutionFault faults) {
    functions = new Functions(time, new Seed(seed), InvocationFault.NONE, 1_000);
    states = new StepFunctions(time, new Seed(seed), functions, this::publish, faults);
  }

  private void publish(ObjectNode event) {
    if (brokenSink && !event.path("source").asText().equals("aws.states")) {
      throw new IllegalStateException("the sink is broken");
    }
    events.add(event);
  }

  /** Registers a function, which files know as a placeholder of its name. */
  void function(String name, Function<JsonNode, JsonNode> body) {
    String arn =
        functions.register(
            name,
            (input, output, context) ->
                output.write(MAPPER.writeValueAsBytes(body.apply(MAPPER.readTree(input)))),
            Duration.ofMinutes(15),
            512);
    substitutions.put(name, arn);
  }

  /** Deploys the test resource of that name. */
  String deploy(String name) {
    String arn = states.deploy(name, file(name), substitutions);
    substitutions.put(name, arn);
    return arn;
  }

  Execution run(String machine, String name, String input) {
    Execution execution = start(machine, name, input);
    time.run();
    return execution;
  }

  Execution start(String machine, String name, String input) {
    return states.execution(states.start(machine, name, Json.read(input)));
  }

  private static String file(String name) {
    try (InputStream file = StatesBench.class.getResourceAsStream(name + ".asl.json")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    time.close();
  }
}
