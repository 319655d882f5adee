package dev.freezeframe.rehearsal.dynamo.table;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The key condition of a query ("Key condition expressions for the Query operation" in the
 * Developer Guide): one partition, and all of it or a range of its sort key.
 *
 * @param from the least sort key that can match
 */
record KeyCondition(String partition, String from, Optional<Condition> range) {

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is not of the form {@code #partition = :value}, or
   *     {@code #partition = :value AND} a condition of the sort key
   */
  static KeyCondition of(Condition condition, KeySchema keys, Placeholders given) {
    List<Condition> parts =
        condition instanceof Condition.And and ? and.parts() : List.of(condition);
    if (parts.size() <= 2
        && parts.get(0) instanceof Condition.Compare equality
        && equality.operator().equals("=")
        && equality.left() instanceof Operand.Path path
        && path.names(given).equals(List.of(keys.partition()))
        && equality.right() instanceof Operand.Literal value) {
      Optional<Condition> range = parts.stream().skip(1).findFirst();
      return new KeyCondition(
          given.value(value.placeholder()).s(),
          range.map(part -> from(part, keys, given)).orElse(""),
          range);
    }
    throw new IllegalArgumentException(
        "expected a condition of the keys %s, found %s".formatted(keys.names(), condition));
  }

  private static String from(Condition range, KeySchema keys, Placeholders given) {
    if (range instanceof Condition.BeginsWith prefix && isSort(prefix.path(), keys, given)) {
      return text(prefix.prefix(), given);
    }
    if (range instanceof Condition.Between between && isSort(between.path(), keys, given)) {
      return text(between.from(), given);
    }
    if (range instanceof Condition.Compare compare
        && !compare.operator().equals("<>")
        && isSort(compare.left(), keys, given)
        && compare.right() instanceof Operand.Literal value) {
      return compare.operator().startsWith("<") ? "" : text(value, given);
    }
    throw new IllegalArgumentException(
        "expected a condition of the sort key %s, found %s".formatted(keys.sort(), range));
  }

  private static boolean isSort(Operand operand, KeySchema keys, Placeholders given) {
    return operand instanceof Operand.Path path
        && keys.sort().map(List::of).equals(Optional.of(path.names(given)));
  }

  private static String text(Operand.Literal value, Placeholders given) {
    return given.value(value.placeholder()).s();
  }

  /** Those of a partition's entries that match: they lie side by side. */
  Stream<Item> in(Stream<Item> entries, KeySchema keys, Placeholders given) {
    if (range.isEmpty()) {
      return entries;
    }
    Predicate<Item> holds = entry -> range.get().holds(entry.attributes(), given);
    return entries
        .dropWhile(entry -> keys.sort(entry.attributes()).equals(from) && !holds.test(entry))
        .takeWhile(holds);
  }
}
