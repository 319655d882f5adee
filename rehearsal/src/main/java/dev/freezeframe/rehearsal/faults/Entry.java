package dev.freezeframe.rehearsal.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.common.LogSafe;
import dev.freezeframe.input.DidYouMean;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One entry of the file while it is read; collects what is wrong with it.
 *
 * @param path such as {@code faults[2]}
 * @param problems one sentence each
 */
record Entry(String file, String path, JsonNode node, List<String> problems) {

  void checkFields(List<String> known) {
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!known.contains(field)) {
                problems.add(
                    "%s: %s.%s is unknown, expected %s"
                        .formatted(
                            file,
                            path,
                            LogSafe.of(field, 60),
                            DidYouMean.to(field, known).orElseGet(() -> oneOf(known))));
              }
            });
  }

  boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** The text of a field; a problem if it is missing or no single value. */
  Optional<String> text(String field, String expected) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      problems.add("%s: %s.%s is missing, expected %s".formatted(file, path, field, expected));
      return Optional.empty();
    }
    if (value.isContainerNode()) {
      String found = value.isArray() ? "a list" : "a group of fields";
      problems.add("%s: %s.%s is %s, expected %s".formatted(file, path, field, found, expected));
      return Optional.empty();
    }
    return Optional.of(value.asText().strip());
  }

  /** A name that must be among known ones, if any are known. */
  Optional<String> name(String field, String expected, Collection<String> known) {
    Optional<String> found = text(field, expected);
    if (found.isPresent() && !known.isEmpty() && !known.contains(found.get())) {
      String nearest = DidYouMean.to(found.get(), known).orElse(expected);
      refuse(field, found.get(), nearest);
      return Optional.empty();
    }
    return found;
  }

  void refuse(String field, String found, String expected) {
    problems.add(
        "%s: %s.%s is '%s', expected %s"
            .formatted(file, path, field, LogSafe.of(found, 60), expected));
  }

  static String oneOf(Collection<String> words) {
    return new TreeSet<>(words).stream().collect(Collectors.joining(", ", "one of ", ""));
  }
}
