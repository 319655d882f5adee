package dev.freezeframe.operator.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far down each state stands: below everything that leads to it, but for the ways that go back
 * up.
 */
final class Ranks {
  private final StateGraph graph;
  private final Set<StateGraph.Edge> back = new HashSet<>();
  private final Map<String, Integer> ranks = new HashMap<>();

  Ranks(StateGraph graph) {
    this.graph = graph;
    findBack(graph.start(), new ArrayDeque<>(), new HashSet<>());
    graph.types().keySet().forEach(state -> ranks.put(state, 0));
    for (int round = 0; round < graph.types().size(); round++) {
      graph.edges().stream()
          .filter(edge -> !back.contains(edge))
          .forEach(edge -> ranks.merge(edge.to(), of(edge.from()) + 1, Math::max));
    }
  }

  int of(String state) {
    return ranks.get(state);
  }

  /** Whether a way leads back up. */
  boolean goesBack(StateGraph.Edge edge) {
    return back.contains(edge);
  }

  int count() {
    return ranks.values().stream().mapToInt(rank -> rank).max().orElse(0) + 1;
  }

  private void findBack(String state, Deque<String> above, Set<String> done) {
    above.push(state);
    for (StateGraph.Edge edge : spineFirst(graph.from(state))) {
      if (above.contains(edge.to())) {
        back.add(edge);
      } else if (!done.contains(edge.to())) {
        findBack(edge.to(), above, done);
      }
    }
    above.pop();
    done.add(state);
  }

  private List<StateGraph.Edge> spineFirst(List<StateGraph.Edge> edges) {
    List<String> spine = graph.spine();
    List<StateGraph.Edge> sorted = new ArrayList<>(edges);
    sorted.sort(
        (one, other) -> Boolean.compare(spine.contains(other.to()), spine.contains(one.to())));
    return sorted;
  }
}
