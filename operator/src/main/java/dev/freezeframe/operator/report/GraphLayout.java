package dev.freezeframe.operator.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where states and ways are drawn: the way on which all goes well in a straight line, the others
 * beside it as near as they find room.
 *
 * <p>A way over several ranks passes a stop on each rank between. Ways to one state share their
 * stops, so that they join on their way.
 */
final class GraphLayout {
  private static final int ROUNDS = 24;
  private static final double STOP_WIDTH = 0.16;
  private static final String STRAIGHT = "straight on";

  private final Ranks ranks;
  private final Map<String, Integer> rankOf = new LinkedHashMap<>();
  private final Map<String, Double> places = new HashMap<>();
  private final Map<String, List<String>> neighbours = new HashMap<>();
  private final Map<StateGraph.Edge, List<String>> stops = new LinkedHashMap<>();
  private final List<String> spine;

  GraphLayout(StateGraph graph) {
    this.ranks = new Ranks(graph);
    this.spine = graph.spine();
    graph.types().keySet().forEach(state -> add(state, ranks.of(state), 1));
    spine.forEach(state -> places.put(state, 0.0));
    graph.edges().forEach(edge -> stops.put(edge, route(edge)));
    for (int round = 0; round < ROUNDS; round++) {
      place(round % 2 == 0);
    }
  }

  /** The rank of a state or stop, from 0. */
  int rank(String node) {
    return rankOf.get(node);
  }

  /** How far beside the straight line, in widths of a state. */
  double place(String node) {
    return places.get(node);
  }

  /** What a way passes, its ends included, in its direction. */
  List<String> passes(StateGraph.Edge edge) {
    return stops.get(edge);
  }

  int ranks() {
    return ranks.count();
  }

  double leftmost() {
    return places.values().stream().min(Comparator.naturalOrder()).orElse(0.0);
  }

  double rightmost() {
    return places.values().stream().max(Comparator.naturalOrder()).orElse(0.0);
  }

  private void add(String node, int rank, double place) {
    rankOf.putIfAbsent(node, rank);
    places.putIfAbsent(node, place);
  }

  private List<String> route(StateGraph.Edge edge) {
    int from = ranks.of(edge.from());
    int to = ranks.of(edge.to());
    int step = ranks.goesBack(edge) ? -1 : 1;
    List<String> passed = new ArrayList<>(List.of(edge.from()));
    for (int rank = from + step; rank != to && from != to; rank += step) {
      String stop = "%s to %s, %d".formatted(direction(edge), edge.to(), rank);
      add(stop, rank, step < 0 ? -1 : straight(edge) ? 0 : 1);
      passed.add(stop);
    }
    passed.add(edge.to());
    for (int at = 1; at < passed.size(); at++) {
      join(passed.get(at - 1), passed.get(at));
    }
    return passed;
  }

  private String direction(StateGraph.Edge edge) {
    return ranks.goesBack(edge) ? "back" : straight(edge) ? STRAIGHT : "on";
  }

  private boolean straight(StateGraph.Edge edge) {
    int at = spine.indexOf(edge.from());
    return at >= 0 && at + 1 < spine.size() && spine.get(at + 1).equals(edge.to());
  }

  private boolean straight(String node) {
    return spine.contains(node) || node.startsWith(STRAIGHT + " to ");
  }

  private void join(String one, String other) {
    neighbours.computeIfAbsent(one, node -> new ArrayList<>()).add(other);
    neighbours.computeIfAbsent(other, node -> new ArrayList<>()).add(one);
  }

  private void place(boolean downwards) {
    TreeMap<Integer, List<String>> rows = new TreeMap<>();
    rankOf.forEach((node, rank) -> rows.computeIfAbsent(rank, key -> new ArrayList<>()).add(node));
    (downwards ? rows : rows.descendingMap()).values().forEach(this::placeRow);
  }

  /** What wants to stand left of the straight line is pushed left until it has room, and so on. */
  private void placeRow(List<String> row) {
    Map<String, Double> wanted = new HashMap<>();
    row.forEach(node -> wanted.put(node, wanted(node)));
    push(row.stream().filter(node -> wanted.get(node) >= 0).toList(), wanted, 1);
    push(row.stream().filter(node -> wanted.get(node) < 0).toList(), wanted, -1);
  }

  private void push(List<String> side, Map<String, Double> wanted, int direction) {
    List<String> outwards = new ArrayList<>(side);
    outwards.sort(
        Comparator.comparing((String node) -> !straight(node))
            .thenComparing(node -> direction * wanted.get(node))
            .thenComparing(Comparator.naturalOrder()));
    double room = direction < 0 ? 0.55 : Double.NEGATIVE_INFINITY;
    for (String node : outwards) {
      double half = width(node) / 2;
      double place = Math.max(direction * wanted.get(node), room + half);
      places.put(node, direction * place);
      room = place + half;
    }
  }

  private double wanted(String node) {
    if (straight(node)) {
      return 0;
    }
    double mean =
        neighbours.getOrDefault(node, List.of()).stream()
            .mapToDouble(this::place)
            .average()
            .orElse(1);
    double side = Math.signum(places.get(node)) * 0.05;
    return mean == 0 ? side : mean;
  }

  private double width(String node) {
    return node.contains(", ") ? STOP_WIDTH : 1;
  }
}
