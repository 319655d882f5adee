package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * Makes up for what the interpreter understands otherwise than Step Functions does.
 *
 * <p>What it would ignore in silence is refused; what it gets wrong is written so that it gets it
 * right.
 */
final class NpmDialect {
  /** What Step Functions documents as the time-out of a task that has none; here it is 60 s. */
  private static final long NO_TIMEOUT_SECONDS = 99_999_999;

  private static final int DISTRIBUTED_CONCURRENCY = 10_000;
  private static final List<String> JSONATA_FIELDS =
      List.of("Assign", "Arguments", "Output", "Items", "Condition");
  private static final List<String> IGNORED_MAP_FIELDS =
      List.of("ItemReader", "ItemBatcher", "ResultWriter");
  private static final Set<String> TYPE_TESTS =
      Set.of("IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp");

  private final String name;

  NpmDialect(String name) {
    this.name = name;
  }

  /** Translates a machine, or the machine inside a Map or Parallel state. */
  void translate(ObjectNode machine) {
    String where = "state machine " + name;
    refuseJsonata(machine, where);
    if (!(machine.get("States") instanceof ObjectNode states)
        || !states.has(machine.path("StartAt").asText())) {
      throw new IllegalArgumentException(
          "%s: expected StartAt to name one of its States, found '%s'"
              .formatted(where, machine.path("StartAt").asText()));
    }
    states.properties().forEach(entry -> translateState(entry.getKey(), entry.getValue()));
  }

  private void translateState(String stateName, JsonNode node) {
    String where = "state machine %s, state '%s'".formatted(name, stateName);
    if (!(node instanceof ObjectNode state)) {
      throw new IllegalArgumentException(where + ": expected an object");
    }
    refuseJsonata(state, where);
    leaveOutWholeResultPath(state);
    state.path("Catch").forEach(catcher -> leaveOutWholeResultPath((ObjectNode) catcher));
    switch (state.path("Type").asText()) {
      case "Task" -> translateTask(state);
      case "Choice" -> state.path("Choices").forEach(this::translateChoice);
      case "Map" -> translateMap(state, where);
      case "Parallel" -> state.path("Branches").forEach(branch -> translate((ObjectNode) branch));
      case "Pass", "Wait", "Succeed", "Fail" -> {}
      default ->
          throw new IllegalArgumentException(
              "%s: expected a Type of the Amazon States Language, found '%s'"
                  .formatted(where, state.path("Type").asText()));
    }
  }

  private static void translateTask(ObjectNode state) {
    if (!state.has("TimeoutSeconds") && !state.has("TimeoutSecondsPath")) {
      state.put("TimeoutSeconds", NO_TIMEOUT_SECONDS);
    }
  }

  /** A test such as {@code IsPresent: false} never holds in the interpreter. */
  private void translateChoice(JsonNode node) {
    ObjectNode rule = (ObjectNode) node;
    for (String combination : List.of("And", "Or")) {
      rule.path(combination).forEach(this::translateChoice);
    }
    if (rule.has("Not")) {
      translateChoice(rule.get("Not"));
    }
    for (String test : TYPE_TESTS) {
      if (rule.has(test) && !rule.get(test).asBoolean()) {
        ObjectNode negated = rule.objectNode();
        negated.set("Variable", rule.remove("Variable"));
        negated.put(test, true);
        rule.remove(test);
        rule.set("Not", negated);
      }
    }
  }

  private void translateMap(ObjectNode state, String where) {
    for (String field : IGNORED_MAP_FIELDS) {
      if (state.has(field)) {
        throw new IllegalArgumentException(
            "%s: %s cannot be rehearsed, the interpreter would ignore it".formatted(where, field));
      }
    }
    if (!(state.get("ItemProcessor") instanceof ObjectNode processor)) {
      throw new IllegalArgumentException(where + ": expected an ItemProcessor");
    }
    boolean distributed =
        processor.path("ProcessorConfig").path("Mode").asText().equals("DISTRIBUTED");
    if (distributed
        && !state.has("MaxConcurrencyPath")
        && state.path("MaxConcurrency").asInt() == 0) {
      state.put("MaxConcurrency", DISTRIBUTED_CONCURRENCY);
    }
    translate(processor);
  }

  /** {@code "ResultPath": "$"} is what holds without it; the interpreter makes a field named $. */
  private static void leaveOutWholeResultPath(ObjectNode node) {
    if (node.path("ResultPath").asText().equals("$")) {
      node.remove("ResultPath");
    }
  }

  private static void refuseJsonata(ObjectNode node, String where) {
    if (node.path("QueryLanguage").asText("JSONPath").equals("JSONata")) {
      throw new IllegalArgumentException(
          where + ": expected JSONPath, found JSONata, which cannot be rehearsed");
    }
    for (String field : JSONATA_FIELDS) {
      if (node.has(field)) {
        throw new IllegalArgumentException(
            "%s: %s cannot be rehearsed, the interpreter would ignore it".formatted(where, field));
      }
    }
  }
}
