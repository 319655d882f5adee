package dev.freezeframe.operator.cli;

import java.util.List;
import java.util.OptionalInt;

/** A list in a command's help: names, and beside each what it means. */
public final class Legend {
  private Legend() {}

  /**
   * A name and its meaning.
   *
   * @param name may begin with spaces that set it in
   * @param meaning empty: the name is a heading
   */
  public record Entry(String name, String meaning) {}

  /** The lines of a list in which meanings begin below each other. */
  public static List<String> lines(int columns, List<Entry> entries) {
    int names =
        entries.stream()
            .filter(entry -> !entry.meaning().isEmpty())
            .mapToInt(entry -> entry.name().length())
            .max()
            .orElse(0);
    String further = " ".repeat(2 + names + 2);
    return entries.stream()
        .flatMap(
            entry ->
                Paragraph.lines(
                    OptionalInt.of(columns),
                    "  %s%s  "
                        .formatted(
                            entry.name(), " ".repeat(Math.max(0, names - entry.name().length()))),
                    further,
                    entry.meaning())
                    .stream())
        .toList();
  }
}
