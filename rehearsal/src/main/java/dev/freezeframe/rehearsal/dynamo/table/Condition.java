package dev.freezeframe.rehearsal.dynamo.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition expression ("Condition and filter expressions, operators, and functions in DynamoDB"
 * in its Developer Guide).
 */
sealed interface Condition {

  /** Whether it holds for an item; one that is not there has no attributes. */
  boolean holds(Map<String, AttributeValue> item, Placeholders given);

  /** {@code ... AND ...}. */
  record And(List<Condition> parts) implements Condition {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean holds(Map<String, AttributeValue> item, Placeholders given) {
      return parts.stream().allMatch(part -> part.holds(item, given));
    }
  }

  /** {@code ... OR ...}. */
  record Or(List<Condition> parts) implements Condition {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public boolean holds(Map<String, AttributeValue> item, Placeholders given) {
      return parts.stream().anyMatch(part -> part.holds(item, given));
    }
  }

  /** {@code attribute_exists(#name)}, or {@code attribute_not_exists(#name)}. */
  record Exists(Operand.Path path, boolean expected) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Placeholders given) {
      return path.in(item, given).isPresent() == expected;
    }
  }

  /** {@code begins_with(#name, :prefix)}. */
  record BeginsWith(Operand.Path path, Operand.Literal prefix) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Placeholders given) {
      String begin = given.value(prefix.placeholder()).s();
      return path.in(item, given)
          .filter(value -> value.s() != null && value.s().startsWith(begin))
          .isPresent();
    }
  }

  /** {@code #name < :value}, and the like. */
  record Compare(Operand left, String operator, Operand right) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Placeholders given) {
      Optional<AttributeValue> mine = left.in(item, given);
      Optional<AttributeValue> theirs = right.in(item, given);
      if (mine.isEmpty() || theirs.isEmpty()) {
        return operator.equals("<>");
      }
      return holds(mine.get(), theirs.get());
    }

    private boolean holds(AttributeValue mine, AttributeValue theirs) {
      if (operator.equals("=") || operator.equals("<>")) {
        return mine.equals(theirs) == operator.equals("=");
      }
      if (mine.type() != theirs.type()) {
        return false;
      }
      int order = Values.compare(mine, theirs);
      return switch (operator) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        default -> throw new IllegalArgumentException("expected an operator, found " + operator);
      };
    }
  }

  /** {@code #name BETWEEN :from AND :to}, both included. */
  record Between(Operand.Path path, Operand.Literal from, Operand.Literal to) implements Condition {
    @Override
    public boolean holds(Map<String, AttributeValue> item, Placeholders given) {
      return new Compare(path, ">=", from).holds(item, given)
          && new Compare(path, "<=", to).holds(item, given);
    }
  }
}
