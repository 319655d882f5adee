package dev.freezeframe.rehearsal.dynamo.table;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the placeholders in the expressions of a request stand for.
 *
 * @param names of attributes, by {@code #name}
 * @param values by {@code :value}
 */
record Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
  Placeholders {
    names = Map.copyOf(names);
    values = Values.kept(values);
  }

  String name(String placeholder) {
    return names.get(placeholder);
  }

  AttributeValue value(String placeholder) {
    return values.get(placeholder);
  }

  /** Checks that each placeholder has a meaning and each meaning a placeholder. */
  void check(Set<String> used) {
    used.stream()
        .filter(placeholder -> !names.containsKey(placeholder) && !values.containsKey(placeholder))
        .findFirst()
        .ifPresent(
            placeholder -> {
              throw Refusal.invalid(
                  "An expression attribute %s used in the document path or expression is not defined; attribute: %s"
                      .formatted(placeholder.startsWith("#") ? "name" : "value", placeholder));
            });
    Stream.concat(names.keySet().stream(), values.keySet().stream())
        .filter(placeholder -> !used.contains(placeholder))
        .findFirst()
        .ifPresent(
            placeholder -> {
              throw Refusal.invalid(
                  "Value provided in ExpressionAttribute%s unused in expressions: keys: {%s}"
                      .formatted(placeholder.startsWith("#") ? "Names" : "Values", placeholder));
            });
  }
}
