package dev.freezeframe.policy.schedule;

import com.cronutils.parser.CronParser;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fields of a cron expression in their order, as EventBridge Scheduler documents them.
 *
 * <p>{@code L}, {@code W} and {@code #} stand alone in their field: what they mean in a list is not
 * documented.
 */
enum CronField {
  MINUTES("minutes 0..59 with , - * /", "%s 0 * * ? *", ""),
  HOURS("hours 0..23 with , - * /", "0 %s * * ? *", ""),
  DAY_OF_MONTH("day-of-month 1..31 with , - * / or one of ? L 15W", "0 0 %s * ? *", "|L|\\d{1,2}W"),
  MONTH("month 1..12 or JAN-DEC with , - * /", "0 0 1 %s ? *", ""),
  DAY_OF_WEEK(
      "day-of-week 1..7 or SUN-SAT with , - * / or one of ? L 6L 6#3",
      "0 0 ? * %s *",
      "|([1-7]|[A-Za-z]{3})?L|([1-7]|[A-Za-z]{3})#[1-5]"),
  YEAR("year 1970..2199 with , - * /", "0 0 * * ? %s", "");

  private static final String VALUE = "(\\d{1,4}|[A-Za-z]{3})";
  private static final String MEMBER = "(\\*|" + VALUE + "(-" + VALUE + ")?)(/\\d{1,4})?";
  private static final String LIST = MEMBER + "(," + MEMBER + ")*";

  private final String expected;
  private final String expressionWithout;
  private final Pattern form;

  CronField(String expected, String expressionWithout, String special) {
    this.expected = expected;
    this.expressionWithout = expressionWithout;
    this.form = Pattern.compile(LIST + special);
  }

  /** The fields of an expression; empty unless it has six, each after a single space. */
  static Optional<Map<CronField, String>> split(String expression) {
    List<String> parts = Arrays.asList(expression.split(" ", -1));
    if (parts.size() != values().length || parts.contains("")) {
      return Optional.empty();
    }
    Map<CronField, String> fields = new EnumMap<>(CronField.class);
    Iterator<String> next = parts.iterator();
    for (CronField field : values()) {
      fields.put(field, next.next());
    }
    return Optional.of(fields);
  }

  /** What the field may hold, its name first. */
  String expected() {
    return expected;
  }

  /** Whether the field may hold a text; {@code ?} is for the expression to judge. */
  boolean takes(String text, CronParser parser) {
    if (text.equals("?")) {
      return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
    }
    if (!form.matcher(text).matches()) {
      return false;
    }
    try {
      parser.parse(expressionWithout.formatted(text));
      return true;
    } catch (IllegalArgumentException outOfRange) {
      return false;
    }
  }
}
