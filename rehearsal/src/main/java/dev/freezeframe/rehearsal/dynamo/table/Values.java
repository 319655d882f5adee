package dev.freezeframe.rehearsal.dynamo.table;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute values: how DynamoDB keeps, compares and measures them ("Supported data types and
 * naming rules in Amazon DynamoDB" in its Developer Guide). Of the types, those that the ledger
 * writes.
 */
final class Values {
  /** Strings are ordered by the bytes of their UTF-8. */
  static final Comparator<String> BYTES = Values::compareBytes;

  private static final int MAX_DIGITS = 38;

  /** What a list or a map takes besides what it holds, and each element of it. */
  private static final int CONTAINER_BYTES = 3;

  private Values() {}

  /** The attributes as they are kept: numbers without needless zeros, sets in order. */
  static Map<String, AttributeValue> kept(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> kept = new TreeMap<>();
    attributes.forEach((name, value) -> kept.put(name, kept(value)));
    return Collections.unmodifiableMap(kept);
  }

  static AttributeValue kept(AttributeValue value) {
    return switch (value.type()) {
      case S, BOOL -> value;
      case N -> AttributeValue.fromN(number(value).toPlainString());
      case L -> AttributeValue.fromL(value.l().stream().map(Values::kept).toList());
      case M -> AttributeValue.fromM(kept(value.m()));
      case SS -> AttributeValue.fromSs(List.copyOf(set(value.ss())));
      case B, NS, BS, NUL, UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException(
              "expected a value of a type that the ledger writes, found " + value);
    };
  }

  private static BigDecimal number(AttributeValue value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value.n()).stripTrailingZeros();
    } catch (NumberFormatException none) {
      throw Refusal.invalid(
          "The parameter cannot be converted to a numeric value: %s".formatted(value.n()));
    }
    if (number.precision() > MAX_DIGITS) {
      throw Refusal.invalid("Attempting to store more than 38 significant digits in a Number");
    }
    return number;
  }

  private static Set<String> set(List<String> elements) {
    TreeSet<String> set = new TreeSet<>(BYTES);
    set.addAll(elements);
    if (elements.isEmpty()) {
      throw Refusal.invalid(
          "One or more parameter values were invalid: An string set  may not be empty");
    }
    if (set.size() < elements.size()) {
      throw Refusal.invalid(
          "One or more parameter values were invalid: Input collection %s contains duplicates."
              .formatted(elements));
    }
    return set;
  }

  /**
   * Compares two values.
   *
   * @return less than, equal to or greater than 0
   * @throws IllegalArgumentException if they are not two strings or two numbers
   */
  static int compare(AttributeValue one, AttributeValue other) {
    if (one.type() == AttributeValue.Type.S && other.type() == AttributeValue.Type.S) {
      return BYTES.compare(one.s(), other.s());
    }
    if (one.type() == AttributeValue.Type.N && other.type() == AttributeValue.Type.N) {
      return number(one).compareTo(number(other));
    }
    throw new IllegalArgumentException(
        "expected two strings or two numbers, found %s and %s".formatted(one, other));
  }

  private static int compareBytes(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int index = 0; index < length; index++) {
      char mine = one.charAt(index);
      char theirs = other.charAt(index);
      if (mine != theirs) {
        // A surrogate stands for a character beyond all others, but is not the greatest char.
        return Character.isSurrogate(mine) == Character.isSurrogate(theirs)
            ? mine - theirs
            : Character.isSurrogate(mine) ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }

  /** The size in bytes, names included. */
  static int size(Map<String, AttributeValue> attributes) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      size += size(attribute.getKey()) + size(attribute.getValue());
    }
    return size;
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> size(value.s());
      case N -> value.n().length() / 2 + 2;
      case BOOL -> 1;
      case L -> CONTAINER_BYTES + value.l().stream().mapToInt(element -> 1 + size(element)).sum();
      case M -> CONTAINER_BYTES + value.m().size() + size(value.m());
      case SS -> value.ss().stream().mapToInt(Values::size).sum();
      default ->
          throw new IllegalArgumentException("expected a value that is kept, found " + value);
    };
  }

  /** The bytes of a string in UTF-8. */
  static int size(String text) {
    int size = text.length();
    for (int index = 0; index < text.length(); index++) {
      char next = text.charAt(index);
      // Each half of a pair takes two bytes, so that the pair takes four.
      size += next < 0x80 ? 0 : next < 0x800 || Character.isSurrogate(next) ? 1 : 2;
    }
    return size;
  }
}
