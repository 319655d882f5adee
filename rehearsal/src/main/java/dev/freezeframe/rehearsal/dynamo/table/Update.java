package dev.freezeframe.rehearsal.dynamo.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update expression ("Update expressions in DynamoDB" in its Developer Guide): attributes that
 * are set, removed, and sets that lose elements. All of it reads the item as it was before.
 */
record Update(List<Change> set, List<Operand.Path> remove, List<Change> delete) {
  Update {
    set = List.copyOf(set);
    remove = List.copyOf(remove);
    delete = List.copyOf(delete);
  }

  /** A change of the attribute at a path. */
  record Change(Operand.Path path, Operand value) {}

  /**
   * Returns an item as this update leaves it.
   *
   * @param keys none of which may be changed
   */
  Map<String, AttributeValue> of(
      Map<String, AttributeValue> before, KeySchema keys, Placeholders given) {
    paths(given).forEach(path -> refuseKey(path.get(0), keys));
    Map<String, AttributeValue> after = new HashMap<>(before);
    for (Change change : set) {
      AttributeValue value =
          change
              .value()
              .in(before, given)
              .orElseThrow(
                  () ->
                      Refusal.invalid(
                          "The provided expression refers to an attribute that does not exist in"
                              + " the item"));
      set(after, change.path().names(given), value);
    }
    remove.forEach(path -> after.remove(path.names(given).get(0)));
    delete.forEach(change -> delete(after, change, given));
    return after;
  }

  private static void refuseKey(String name, KeySchema keys) {
    if (keys.names().contains(name)) {
      throw Refusal.invalid(
          "One or more parameter values were invalid: Cannot update attribute %s. This attribute is part of the key"
              .formatted(name));
    }
  }

  /** Checks that nothing is changed twice, whatever the item. */
  void check(Placeholders given) {
    List<List<String>> paths = paths(given);
    for (int index = 0; index < paths.size(); index++) {
      List<String> path = paths.get(index);
      for (List<String> other : paths.subList(0, index)) {
        int common = Math.min(path.size(), other.size());
        if (path.subList(0, common).equals(other.subList(0, common))) {
          throw Refusal.invalid(
              "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: %s, path two: %s"
                  .formatted(other, path));
        }
      }
    }
  }

  private List<List<String>> paths(Placeholders given) {
    return Stream.of(
            set.stream().map(Change::path), remove.stream(), delete.stream().map(Change::path))
        .flatMap(paths -> paths)
        .map(path -> path.names(given))
        .toList();
  }

  private static void set(
      Map<String, AttributeValue> attributes, List<String> path, AttributeValue value) {
    String first = path.get(0);
    if (path.size() == 1) {
      attributes.put(first, value);
      return;
    }
    AttributeValue map = attributes.get(first);
    if (map == null || !map.hasM()) {
      throw Refusal.invalid(
          "The document path provided in the update expression is invalid for update");
    }
    Map<String, AttributeValue> within = new HashMap<>(map.m());
    set(within, path.subList(1, path.size()), value);
    attributes.put(first, AttributeValue.fromM(within));
  }

  private static void delete(
      Map<String, AttributeValue> attributes, Change change, Placeholders given) {
    String name = change.path().names(given).get(0);
    AttributeValue before = attributes.get(name);
    Optional<AttributeValue> lost = change.value().in(attributes, given);
    if (before == null || lost.isEmpty()) {
      return;
    }
    if (!before.hasSs() || !lost.get().hasSs()) {
      throw Refusal.invalid("An operand in the update expression has an incorrect data type");
    }
    List<String> left = new ArrayList<>(before.ss());
    left.removeAll(lost.get().ss());
    if (left.isEmpty()) {
      attributes.remove(name);
    } else {
      attributes.put(name, AttributeValue.fromSs(left));
    }
  }
}
