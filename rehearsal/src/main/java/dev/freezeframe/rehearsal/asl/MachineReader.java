package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a state machine file; what it has and the rehearsal does not know is refused. */
public final class MachineReader {
  private static final int MAX_NAME = 80;
  private static final Set<String> MACHINE =
      Set.of("Comment", "StartAt", "States", "TimeoutSeconds", "QueryLanguage", "Version");

  private final String name;
  private final Set<String> resources;

  /**
   * A reader.
   *
   * @param name of the state machine, for what it says
   * @param resources that a Task state may have
   */
  public MachineReader(String name, Set<String> resources) {
    this.name = name;
    this.resources = new TreeSet<>(resources);
  }

  /**
   * Reads a machine.
   *
   * @throws IllegalArgumentException if it cannot be rehearsed, with the state and the reason
   */
  public Machine read(ObjectNode machine) {
    return machine(machine, MACHINE);
  }

  private Machine machine(JsonNode machine, Set<String> known) {
    String where = "state machine " + name;
    refuseUnknown(machine, known, where);
    String startAt = machine.path("StartAt").asText();
    if (!machine.path("States").has(startAt)) {
      throw new IllegalArgumentException(
          "%s: expected StartAt to name one of its States, found '%s'".formatted(where, startAt));
    }
    Set<String> names = new TreeSet<>();
    machine.get("States").fieldNames().forEachRemaining(names::add);
    Map<String, State> states = new LinkedHashMap<>();
    machine
        .get("States")
        .properties()
        .forEach(
            state -> states.put(state.getKey(), state(state.getKey(), state.getValue(), names)));
    return new Machine(startAt, states);
  }

  private State state(String stateName, JsonNode state, Set<String> names) {
    String where = "state machine %s, state '%s'".formatted(name, stateName);
    if (!state.isObject()) {
      throw new IllegalArgumentException(where + ": expected an object");
    }
    if (stateName.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "%s: expected a name of up to %d characters".formatted(where, MAX_NAME));
    }
    try {
      return new StateReader(where, state, names).read();
    } catch (IllegalArgumentException wrong) {
      throw wrong.getMessage().startsWith("state machine ")
          ? wrong
          : new IllegalArgumentException(where + ": " + wrong.getMessage(), wrong);
    }
  }

  private static void refuseUnknown(JsonNode node, Set<String> known, String where) {
    String language = node.path("QueryLanguage").asText("JSONPath");
    if (!language.equals("JSONPath")) {
      throw new IllegalArgumentException(
          "%s: expected JSONPath, found %s, which cannot be rehearsed".formatted(where, language));
    }
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                throw new IllegalArgumentException(
                    "%s: %s cannot be rehearsed, expected one of %s"
                        .formatted(where, field, String.join(", ", new TreeSet<>(known))));
              }
            });
  }

  /** Reads one state. */
  private final class StateReader {
    private final String where;
    private final JsonNode state;
    private final Set<String> names;

    private StateReader(String where, JsonNode state, Set<String> names) {
      this.where = where;
      this.state = state;
      this.names = names;
    }

    private State read() {
      String type = state.path("Type").asText();
      return switch (type) {
        case "Task" -> task();
        case "Choice" -> choice();
        case "Map" -> map();
        case "Parallel" -> parallel();
        case "Pass" -> {
          only("Parameters", "Result", "ResultPath", "Next", "End");
          yield new PassState(inputOutput(), Optional.ofNullable(state.get("Result")), next());
        }
        case "Wait" -> {
          only("Seconds", "SecondsPath", "Next", "End");
          yield new WaitState(
              inputOutput(), seconds("Seconds", 0).orElseThrow(this::noSeconds), next());
        }
        case "Succeed" -> {
          only();
          yield new SucceedState(inputOutput());
        }
        case "Fail" -> {
          only("Error", "ErrorPath", "Cause", "CausePath");
          yield new FailState(inputOutput(), text("Error"), text("Cause"));
        }
        default ->
            throw new IllegalArgumentException(
                "expected a Type of the Amazon States Language, found '%s'".formatted(type));
      };
    }

    private State task() {
      only(
          "Resource",
          "Parameters",
          "ResultSelector",
          "ResultPath",
          "TimeoutSeconds",
          "TimeoutSecondsPath",
          "Retry",
          "Catch",
          "Next",
          "End");
      String resource = state.path("Resource").asText();
      if (!resources.contains(resource)) {
        throw new IllegalArgumentException(
            "expected one of the resources %s, found '%s'"
                .formatted(String.join(", ", resources), resource));
      }
      return new TaskState(
          inputOutput(),
          resource,
          seconds("TimeoutSeconds", 1).orElseGet(() -> Seconds.constant(Seconds.MAX)),
          retriers(),
          catchers(),
          next());
    }

    private State choice() {
      only("Choices", "Default");
      List<ChoiceState.Rule> rules = new ArrayList<>();
      state
          .path("Choices")
          .forEach(
              rule -> rules.add(new ChoiceState.Rule(Condition.of(rule), target(rule, "Next"))));
      return new ChoiceState(
          inputOutput(),
          rules,
          state.has("Default") ? Optional.of(target(state, "Default")) : Optional.empty());
    }

    private State map() {
      only(
          "ItemsPath",
          "ItemSelector",
          "ItemProcessor",
          "MaxConcurrency",
          "ToleratedFailurePercentage",
          "ResultSelector",
          "ResultPath",
          "Retry",
          "Catch",
          "Next",
          "End");
      if (!state.path("ItemProcessor").isObject()) {
        throw new IllegalArgumentException("expected an ItemProcessor");
      }
      Set<String> known = new TreeSet<>(MACHINE);
      known.add("ProcessorConfig");
      JsonNode processor = state.get("ItemProcessor");
      boolean distributed =
          processor.path("ProcessorConfig").path("Mode").asText().equals("DISTRIBUTED");
      if (!distributed && state.has("ToleratedFailurePercentage")) {
        throw new IllegalArgumentException(
            "ToleratedFailurePercentage is of a distributed Map, expected Mode DISTRIBUTED");
      }
      int most = distributed ? MapState.DISTRIBUTED_CONCURRENCY : MapState.INLINE_CONCURRENCY;
      int concurrency = state.path("MaxConcurrency").asInt();
      return new MapState(
          inputOutput(),
          JsonPath.of(state.path("ItemsPath").asText("$")),
          template("ItemSelector"),
          machine(processor, known),
          distributed,
          concurrency == 0 ? most : Math.min(most, concurrency),
          state.path("ToleratedFailurePercentage").asDouble() / 100,
          retriers(),
          catchers(),
          next());
    }

    private State parallel() {
      only(
          "Branches",
          "Parameters",
          "ResultSelector",
          "ResultPath",
          "Retry",
          "Catch",
          "Next",
          "End");
      List<Machine> branches = new ArrayList<>();
      state.path("Branches").forEach(branch -> branches.add(machine(branch, MACHINE)));
      return new ParallelState(inputOutput(), branches, retriers(), catchers(), next());
    }

    private void only(String... fields) {
      Set<String> known = new TreeSet<>(List.of(fields));
      known.addAll(List.of("Type", "Comment", "QueryLanguage", "InputPath", "OutputPath"));
      refuseUnknown(state, known, where);
    }

    private IllegalArgumentException noSeconds() {
      return new IllegalArgumentException("expected Seconds or SecondsPath");
    }

    private InputOutput inputOutput() {
      return new InputOutput(
          path(state, "InputPath"),
          template("Parameters"),
          template("ResultSelector"),
          path(state, "ResultPath"),
          path(state, "OutputPath"));
    }

    private PayloadTemplate text(String field) {
      return state.has(field + "Path")
          ? PayloadTemplate.dynamic(field + "Path", state.get(field + "Path"))
          : PayloadTemplate.of(TextNode.valueOf(state.path(field).asText()));
    }

    private Optional<PayloadTemplate> template(String field) {
      return Optional.ofNullable(state.get(field)).map(PayloadTemplate::of);
    }

    /** All where the field is missing, nothing where it is null. */
    private static Optional<JsonPath> path(JsonNode node, String field) {
      return node.path(field).isNull()
          ? Optional.empty()
          : Optional.of(JsonPath.of(node.path(field).asText("$")));
    }

    private Optional<Seconds> seconds(String field, long least) {
      if (state.has(field)) {
        return Optional.of(Seconds.constant(state.get(field).asLong()));
      }
      return Optional.ofNullable(state.get(field + "Path"))
          .map(path -> Seconds.at(field + "Path", JsonPath.of(path.asText()), least));
    }

    private String next() {
      return state.path("End").asBoolean() ? State.END : target(state, "Next");
    }

    private String target(JsonNode node, String field) {
      String target = node.path(field).asText();
      if (!names.contains(target)) {
        throw new IllegalArgumentException(
            "expected %s to name a state, found '%s'".formatted(field, target));
      }
      return target;
    }

    private List<Retrier> retriers() {
      List<Retrier> retriers = new ArrayList<>();
      for (JsonNode rule : state.path("Retry")) {
        refuseUnknown(
            rule,
            Set.of(
                "ErrorEquals",
                "IntervalSeconds",
                "MaxAttempts",
                "BackoffRate",
                "MaxDelaySeconds",
                "JitterStrategy",
                "Comment"),
            where + ", Retry");
        retriers.add(
            new Retrier(
                errors(rule),
                rule.path("IntervalSeconds").asInt(1),
                rule.path("MaxAttempts").asInt(3),
                rule.path("BackoffRate").asDouble(2),
                rule.path("MaxDelaySeconds").asDouble(Double.MAX_VALUE),
                rule.path("JitterStrategy").asText().equals("FULL")));
      }
      return retriers;
    }

    private List<Catcher> catchers() {
      List<Catcher> catchers = new ArrayList<>();
      for (JsonNode rule : state.path("Catch")) {
        refuseUnknown(
            rule, Set.of("ErrorEquals", "ResultPath", "Next", "Comment"), where + ", Catch");
        catchers.add(new Catcher(errors(rule), path(rule, "ResultPath"), target(rule, "Next")));
      }
      return catchers;
    }

    private List<String> errors(JsonNode rule) {
      List<String> errors = new ArrayList<>();
      rule.path("ErrorEquals").forEach(error -> errors.add(error.asText()));
      return errors;
    }
  }
}
