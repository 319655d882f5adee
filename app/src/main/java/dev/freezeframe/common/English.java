package dev.freezeframe.common;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts lists and counts into English. */
public final class English {

  private English() {}

  /** Such as {@code a, b or c}. */
  public static String or(List<?> members) {
    return join(members, " or ");
  }

  /** Such as {@code a, b and c}. */
  public static String and(List<?> members) {
    return join(members, " and ");
  }

  /** Such as {@code no day}, {@code 1 day}, {@code 2 days}. */
  public static String count(int number, String one, String many) {
    return number == 0 ? "no " + one : number + " " + (number == 1 ? one : many);
  }

  public static String lowerFirst(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  public static String upperFirst(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private static String join(List<?> members, String last) {
    List<String> words = members.stream().map(String::valueOf).toList();
    int most = words.size() - 1;
    return most < 1
        ? String.join("", words)
        : words.stream().limit(most).collect(Collectors.joining(", ")) + last + words.get(most);
  }
}
