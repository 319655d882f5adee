package dev.freezeframe.operator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The states of a state machine file and where each leads.
 *
 * @param types of the states, by name, in the order of the file
 * @param edges at most one from a state to another
 */
record StateGraph(String start, Map<String, String> types, List<Edge> edges) {

  /** One way on; {@code caught}: only after an error. */
  record Edge(String from, String to, boolean caught) {}

  static StateGraph read(String asl) {
    try {
      JsonNode machine = Json.mapper().readTree(asl);
      Map<String, String> types = new LinkedHashMap<>();
      Map<String, Edge> edges = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> state : machine.path("States").properties()) {
        types.put(state.getKey(), state.getValue().path("Type").asText());
        ways(state.getKey(), state.getValue())
            .forEach(edge -> edges.putIfAbsent(edge.from() + "\n" + edge.to(), edge));
      }
      return new StateGraph(
          machine.path("StartAt").asText(), types, new ArrayList<>(edges.values()));
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("expected a state machine file, found no JSON", malformed);
    }
  }

  private static List<Edge> ways(String name, JsonNode state) {
    List<Edge> ways = new ArrayList<>();
    state.path("Choices").forEach(to -> ways.add(new Edge(name, to.path("Next").asText(), false)));
    for (String key : List.of("Default", "Next")) {
      if (state.has(key)) {
        ways.add(new Edge(name, state.path(key).asText(), false));
      }
    }
    state.path("Catch").forEach(to -> ways.add(new Edge(name, to.path("Next").asText(), true)));
    return ways;
  }

  List<Edge> from(String state) {
    return edges.stream().filter(edge -> edge.from().equals(state)).toList();
  }

  /**
   * The way on which all goes well, from the start: of a choice the first, as our files have it,
   * unless that only leads back; then the default.
   */
  List<String> spine() {
    List<String> path = new ArrayList<>();
    for (String at = start; at != null && !path.contains(at); ) {
      path.add(at);
      List<Edge> ways = from(at).stream().filter(edge -> !edge.caught()).toList();
      at =
          Stream.of(ways.stream().findFirst(), ways.stream().reduce((one, later) -> later))
              .flatMap(Optional::stream)
              .map(Edge::to)
              .filter(to -> !leadsBack(to, path))
              .findFirst()
              .orElse(null);
    }
    return path;
  }

  private boolean leadsBack(String state, List<String> path) {
    Set<String> next = new HashSet<>();
    from(state).stream().filter(edge -> !edge.caught()).forEach(edge -> next.add(edge.to()));
    return path.contains(state) || (!next.isEmpty() && path.containsAll(next));
  }
}
