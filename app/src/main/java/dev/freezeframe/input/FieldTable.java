package dev.freezeframe.input;

import java.util.List;

/** Every field that a file may have, in the order of its reference. */
public record FieldTable(List<Field<?>> fields) {

  public FieldTable {
    fields = List.copyOf(fields);
  }

  /**
   * The names that a section may hold.
   *
   * @param section its path; empty: the root
   */
  public List<String> names(String section) {
    int start = section.isEmpty() ? 0 : section.length() + 1;
    return fields.stream()
        .filter(field -> field.isIn(section))
        .map(field -> field.path().substring(start).replaceFirst("\\..*", ""))
        .distinct()
        .toList();
  }
}
