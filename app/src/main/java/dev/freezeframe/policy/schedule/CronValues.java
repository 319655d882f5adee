package dev.freezeframe.policy.schedule;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The numbers that a field of lists, ranges and steps stands for.
 *
 * @param min the least that the field takes
 * @param max the greatest
 * @param names that stand for numbers, from the least on; empty: none do
 */
record CronValues(int min, int max, List<String> names) {
  static final CronValues MINUTES = new CronValues(0, 59, List.of());
  static final CronValues HOURS = new CronValues(0, 23, List.of());
  static final CronValues DAYS_OF_MONTH = new CronValues(1, 31, List.of());
  static final CronValues MONTHS =
      new CronValues(
          1,
          12,
          List.of(
              "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));

  /** EventBridge counts from Sunday, which is 1. */
  static final CronValues DAYS_OF_WEEK =
      new CronValues(1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  static final CronValues YEARS = new CronValues(1970, 2199, List.of());

  /** The numbers of a field in which nothing is wrong, and which holds no L, W or #. */
  SortedSet<Integer> of(String field) {
    SortedSet<Integer> values = new TreeSet<>();
    for (String member : field.split(",", -1)) {
      String[] stepped = member.split("/", -1);
      String[] range = stepped[0].split("-", -1);
      int from = stepped[0].equals("*") ? min : number(range[0]);
      int to = from;
      if (range.length == 2) {
        to = number(range[1]);
      } else if (stepped.length == 2 || stepped[0].equals("*")) {
        to = max;
      }
      int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
      // A range such as FRI-MON goes on at the beginning.
      int last = to < from ? to + max - min + 1 : to;
      for (int value = from; value <= last; value += Math.max(1, step)) {
        values.add(value > max ? value - max + min - 1 : value);
      }
    }
    return values;
  }

  /** A number, or what a name stands for. */
  int number(String text) {
    int name = names.indexOf(text.toUpperCase(Locale.ROOT));
    return name < 0 ? Integer.parseInt(text) : name + min;
  }

  boolean isAll(SortedSet<Integer> values) {
    return values.size() == max - min + 1;
  }
}
