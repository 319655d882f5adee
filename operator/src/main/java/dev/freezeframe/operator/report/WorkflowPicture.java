package dev.freezeframe.operator.report;

import java.util.List;
import java.util.Locale;

/**
 * Draws a state machine file as SVG. States carry {@code data-state}, ways {@code data-from} and
 * {@code data-to}, so that a page can show which were taken; it has no colours of its own, only
 * classes.
 */
final class WorkflowPicture {
  private static final int STATE_WIDTH = 188;
  private static final int COLUMN = 208;
  private static final int STATE_HEIGHT = 28;
  private static final int ROW = 52;
  private static final int MARGIN = 14;

  private final StateGraph graph;
  private final GraphLayout layout;

  private WorkflowPicture(StateGraph graph) {
    this.graph = graph;
    this.layout = new GraphLayout(graph);
  }

  /**
   * An {@code svg} element.
   *
   * @param asl the file
   * @param style a style sheet that goes into it; empty: the page has one
   */
  static String draw(String asl, String style) {
    return new WorkflowPicture(StateGraph.read(asl)).svg(style);
  }

  private String svg(String style) {
    int width =
        (int) ((layout.rightmost() - layout.leftmost()) * COLUMN) + STATE_WIDTH + 2 * MARGIN;
    int height = (layout.ranks() - 1) * ROW + STATE_HEIGHT + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="workflow" viewBox="0 0 %1$d %2$d" width="%1$d" \
        height="%2$d" role="img" aria-label="The states of snapshot-instance and their ways on">
        """
            .formatted(width, height));
    if (!style.isEmpty()) {
      svg.append("<style>\n").append(style).append("</style>\n");
    }
    svg.append(
        """
        <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
        orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>
        """);
    graph.edges().forEach(edge -> svg.append(way(edge)));
    graph.types().forEach((state, type) -> svg.append(state(state, type)));
    return svg.append("</svg>\n").toString();
  }

  private String way(StateGraph.Edge edge) {
    return """
        <path class="way%s" data-from="%s" data-to="%s" marker-end="url(#tip)" d="%s"/>
        """
        .formatted(edge.caught() ? " caught" : "", text(edge.from()), text(edge.to()), line(edge));
  }

  /**
   * A way on leaves a state below and comes in above. A way back leaves and comes in at the side
   * where it can: above and below there are the ways on, whose tips would be taken for its own.
   */
  private String line(StateGraph.Edge edge) {
    List<String> passes = layout.passes(edge);
    boolean back = layout.rank(edge.to()) < layout.rank(edge.from());
    double leaves = back ? -STATE_HEIGHT / 2.0 : STATE_HEIGHT / 2.0;
    double aside = back ? sideward(edge.from(), passes.get(1)) : 0;
    double x = x(edge.from()) + aside;
    double y = y(edge.from()) + (aside == 0 ? leaves : 0);
    StringBuilder path = new StringBuilder(point("M", x, y));
    for (int at = 1; at < passes.size(); at++) {
      String stop = passes.get(at);
      boolean end = at == passes.size() - 1;
      double into = back && end ? sideward(stop, passes.get(at - 1)) : 0;
      double toX = x(stop) + into;
      double toY = y(stop) - (into == 0 ? leaves : 0);
      double middle = (y + toY) / 2;
      path.append(aside == 0 ? point("C", x, middle) : point("C", toX, y))
          .append(into == 0 ? point(" ", toX, middle) : point(" ", x, toY))
          .append(point(" ", toX, toY));
      aside = 0;
      x = toX;
      y = toY + 2 * leaves;
      if (!end) {
        path.append(point("L", x, y));
      }
    }
    return path.toString();
  }

  /**
   * From the middle of a state to the side towards a stop; 0: the stop is above or below it, or
   * other states stand between.
   */
  private double sideward(String state, String stop) {
    double half = STATE_WIDTH / 2.0;
    double away = x(stop) - x(state);
    boolean free =
        graph.types().keySet().stream()
            .filter(other -> !other.equals(state) && layout.rank(other) == layout.rank(state))
            .mapToDouble(other -> (x(other) - x(state)) * Math.signum(away))
            .noneMatch(distance -> distance > 0 && distance < Math.abs(away) + half);
    return free && Math.abs(away) > half ? Math.signum(away) * half : 0;
  }

  private String state(String state, String type) {
    return """
        <g class="state %s" data-state="%s"><rect x="%.0f" y="%.0f" width="%d" height="%d" rx="%d"/>\
        <text x="%.0f" y="%.0f" text-anchor="middle">%s</text></g>
        """
        .formatted(
            type.toLowerCase(Locale.ROOT),
            text(state),
            x(state) - STATE_WIDTH / 2.0,
            y(state) - STATE_HEIGHT / 2.0,
            STATE_WIDTH,
            STATE_HEIGHT,
            type.equals("Choice") ? STATE_HEIGHT / 2 : 5,
            x(state),
            y(state) + 4,
            text(state));
  }

  private double x(String node) {
    return MARGIN + STATE_WIDTH / 2.0 + (layout.place(node) - layout.leftmost()) * COLUMN;
  }

  private double y(String node) {
    return MARGIN + STATE_HEIGHT / 2.0 + layout.rank(node) * ROW;
  }

  private static String point(String command, double x, double y) {
    return String.format(Locale.ROOT, "%s%.1f %.1f", command, x, y);
  }

  private static String text(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
