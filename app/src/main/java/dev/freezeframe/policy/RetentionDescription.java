package dev.freezeframe.policy;

import dev.freezeframe.common.English;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Says for how long a set is kept: as long as any rule keeps it. */
final class RetentionDescription {

  private RetentionDescription() {}

  static String of(Retention retention) {
    String tag = "the instance's tag %s says".formatted(retention.lifetimeTag());
    List<String> rules = new ArrayList<>();
    retention
        .days()
        .ifPresent(
            days ->
                rules.add(
                    "%s (or as many as %s)".formatted(English.count(days, "day", "days"), tag)));
    retention
        .count()
        .ifPresent(
            count -> rules.add("while it is among the newest %d of its instance".formatted(count)));
    retention.tiers().ifPresent(tiers -> rules.add("as the newest of its " + words(tiers)));
    if (rules.isEmpty()) {
      return "as many days as %s, without that tag forever".formatted(tag);
    }
    if (retention.days().isEmpty()) {
      rules.add("as many days as " + tag);
    }
    return English.or(rules);
  }

  private static String words(Retention.Tiers tiers) {
    List<String> words = new ArrayList<>();
    add(words, tiers.hourly(), "hour");
    add(words, tiers.daily(), "day");
    add(words, tiers.weekly(), "week");
    add(words, tiers.monthly(), "month");
    add(words, tiers.yearly(), "year");
    return English.or(words);
  }

  private static void add(List<String> words, OptionalInt count, String unit) {
    count.ifPresent(
        number ->
            words.add("%s (for %s)".formatted(unit, English.count(number, unit, unit + "s"))));
  }
}
