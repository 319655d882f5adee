package dev.freezeframe.operator.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Rows of short cells with a sentence at the end.
 *
 * <p>Where there is room, cells stand below each other and the sentence goes on in its own column.
 * Where there is not, each row is a few lines of its own: its cells, as many as fit, and below them
 * the sentence. Nothing is left out.
 */
public final class Table {
  private static final String FURTHER = "      ";
  private static final int SENTENCE_AT_LEAST = 40;

  private final PrintWriter out;
  private final OptionalInt columns;
  private final List<Integer> widths;
  private final boolean narrow;

  /**
   * A table.
   *
   * @param columns how wide it may be; empty: every row is one line
   * @param widths of the cells
   */
  public Table(PrintWriter out, OptionalInt columns, List<Integer> widths) {
    this.out = out;
    this.columns = columns;
    this.widths = List.copyOf(widths);
    this.narrow = columns.isPresent() && columns.getAsInt() < indent() + SENTENCE_AT_LEAST;
  }

  /**
   * A table whose cells are as wide as the widest of its rows.
   *
   * @param rows the cells of each, at least one
   */
  public static Table fitting(PrintWriter out, OptionalInt columns, List<List<String>> rows) {
    return new Table(
        out,
        columns,
        IntStream.range(0, rows.get(0).size())
            .mapToObj(cell -> rows.stream().mapToInt(row -> row.get(cell).length()).max().orElse(0))
            .toList());
  }

  private int indent() {
    return widths.stream().mapToInt(width -> 2 + width).sum() + 2;
  }

  /** Prints a row of as many cells as there are widths. */
  public void row(List<String> cells, String sentence) {
    if (narrow) {
      flow(cells);
      print(FURTHER, FURTHER, sentence);
      return;
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.size(); i++) {
      String cell = cells.get(i);
      line.append("  ").append(cell);
      line.append(" ".repeat(Math.max(0, widths.get(i) - Paragraph.length(cell))));
    }
    print(line + "  ", " ".repeat(indent()), sentence);
  }

  private void flow(List<String> cells) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      if (!line.isEmpty()
          && Paragraph.length(line) + 2 + Paragraph.length(cell) > columns.getAsInt()) {
        lines.add(line.toString());
        line = new StringBuilder("    ");
      }
      line.append("  ").append(cell);
    }
    lines.add(line.toString());
    lines.forEach(out::println);
  }

  private void print(String first, String further, String sentence) {
    Paragraph.lines(columns, first, further, sentence).forEach(out::println);
  }
}
