package dev.freezeframe.rehearsal.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
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
    return machine(machine, Set.of());
  }

  private Machine machine(JsonNode machine, Set<String> further) {
    String where = "state machine " + name;
    Set<String> known = new TreeSet<>(MACHINE);
    known.addAll(further);
    StateFields.refuseUnknown(machine, known, where);
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
      return read(new StateFields(where, state, names, this::machine));
    } catch (IllegalArgumentException wrong) {
      throw wrong.getMessage().startsWith("state machine ")
          ? wrong
          : new IllegalArgumentException(where + ": " + wrong.getMessage(), wrong);
    }
  }

  private State read(StateFields fields) {
    String type = fields.get("Type").asText();
    return switch (type) {
      case "Task" -> TaskState.read(fields, resources);
      case "Choice" -> ChoiceState.read(fields);
      case "Map" -> MapState.read(fields);
      case "Parallel" -> ParallelState.read(fields);
      case "Pass" -> PassState.read(fields);
      case "Wait" -> WaitState.read(fields);
      case "Succeed" -> SucceedState.read(fields);
      case "Fail" -> FailState.read(fields);
      default ->
          throw new IllegalArgumentException(
              "expected a Type of the Amazon States Language, found '%s'".formatted(type));
    };
  }
}
