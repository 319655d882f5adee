package dev.freezeframe.rehearsal.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a rule of a Choice state asks (ASL, "Choice State" and "Data-test expression"). */
public interface Condition {
  Pattern COMPARISON =
      Pattern.compile(
          "(String|Numeric|Boolean)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals)(Path)?");

  Map<String, Predicate<JsonNode>> TYPES =
      Map.of(
          "IsNull", JsonNode::isNull,
          "IsString", JsonNode::isTextual,
          "IsNumeric", JsonNode::isNumber,
          "IsBoolean", JsonNode::isBoolean);

  boolean holds(JsonNode data, Supplier<? extends JsonNode> context);

  /**
   * Reads a rule; {@code Next} and {@code Comment} are the state's.
   *
   * @throws IllegalArgumentException if it asks what is not known here
   */
  static Condition of(JsonNode rule) {
    List<String> fields = new ArrayList<>();
    rule.fieldNames().forEachRemaining(fields::add);
    fields.removeAll(List.of("Next", "Comment"));
    if (fields.equals(List.of("And"))) {
      List<Condition> all = each(rule.get("And"));
      return (data, context) -> all.stream().allMatch(one -> one.holds(data, context));
    }
    if (fields.equals(List.of("Or"))) {
      List<Condition> any = each(rule.get("Or"));
      return (data, context) -> any.stream().anyMatch(one -> one.holds(data, context));
    }
    if (fields.equals(List.of("Not"))) {
      Condition not = of(rule.get("Not"));
      return (data, context) -> !not.holds(data, context);
    }
    if (fields.remove("Variable") && fields.size() == 1) {
      return test(
          JsonPath.of(rule.path("Variable").asText()), fields.get(0), rule.get(fields.get(0)));
    }
    throw new IllegalArgumentException(
        "expected And, Or, Not, or a Variable with one comparison, found %s".formatted(rule));
  }

  private static List<Condition> each(JsonNode rules) {
    List<Condition> conditions = new ArrayList<>();
    rules.forEach(rule -> conditions.add(of(rule)));
    return conditions;
  }

  private static Condition test(JsonPath variable, String operator, JsonNode operand) {
    if (operator.equals("IsPresent")) {
      return (data, context) -> (variable.find(data, context) != null) == operand.asBoolean();
    }
    if (TYPES.containsKey(operator)) {
      Predicate<JsonNode> type = TYPES.get(operator);
      return (data, context) -> type.test(value(variable, data, context)) == operand.asBoolean();
    }
    Matcher comparison = COMPARISON.matcher(operator);
    if (!comparison.matches()) {
      throw new IllegalArgumentException("%s cannot be rehearsed".formatted(operator));
    }
    BiPredicate<JsonNode, JsonNode> holds = compare(comparison.group(1), comparison.group(2));
    if (comparison.group(3) == null) {
      return (data, context) -> holds.test(value(variable, data, context), operand);
    }
    JsonPath other = JsonPath.of(operand.asText());
    return (data, context) ->
        holds.test(value(variable, data, context), value(other, data, context));
  }

  /** What is not of the type that the operator names compares as false. */
  private static BiPredicate<JsonNode, JsonNode> compare(String type, String relation) {
    IntPredicate order = order(relation);
    return switch (type) {
      case "String" ->
          (one, other) ->
              one.isTextual()
                  && other.isTextual()
                  && order.test(one.textValue().compareTo(other.textValue()));
      case "Numeric" ->
          (one, other) ->
              one.isNumber()
                  && other.isNumber()
                  && order.test(one.decimalValue().compareTo(other.decimalValue()));
      default -> {
        if (!relation.equals("Equals")) {
          throw new IllegalArgumentException("Boolean%s is no comparison".formatted(relation));
        }
        yield (one, other) ->
            one.isBoolean() && other.isBoolean() && one.booleanValue() == other.booleanValue();
      }
    };
  }

  private static IntPredicate order(String relation) {
    return switch (relation) {
      case "Equals" -> order -> order == 0;
      case "LessThan" -> order -> order < 0;
      case "GreaterThan" -> order -> order > 0;
      case "LessThanEquals" -> order -> order <= 0;
      default -> order -> order >= 0;
    };
  }

  private static JsonNode value(
      JsonPath path, JsonNode data, Supplier<? extends JsonNode> context) {
    JsonNode value = path.find(data, context);
    if (value == null) {
      throw StatesError.runtime(
          "Invalid path '%s': The choice state's condition path references an invalid value."
              .formatted(path.text()));
    }
    return value;
  }
}
