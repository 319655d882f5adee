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
    List<String> passes = layout.passes(edge);
    boolean up = layout.rank(edge.to()) < layout.rank(edge.from());
    double leaves = up ? -STATE_HEIGHT / 2.0 : STATE_HEIGHT / 2.0;
    StringBuilder path = new StringBuilder();
    double x = x(edge.from());
    double y = y(edge.from()) + leaves;
    path.append(point("M", x, y));
    for (String stop : passes.subList(1, passes.size())) {
      double toX = x(stop);
      double toY = y(stop) - leaves;
      double middle = (y + toY) / 2;
      path.append(point("C", x, middle))
          .append(point(" ", toX, middle))
          .append(point(" ", toX, toY));
      x = toX;
      y = toY + 2 * leaves;
      if (!stop.equals(edge.to())) {
        path.append(point("L", x, y));
      }
    }
    return """
        <path class="way%s" data-from="%s" data-to="%s" marker-end="url(#tip)" d="%s"/>
        """
        .formatted(edge.caught() ? " caught" : "", text(edge.from()), text(edge.to()), path);
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
