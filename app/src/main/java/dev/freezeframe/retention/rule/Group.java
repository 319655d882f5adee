package dev.freezeframe.retention.rule;

import dev.freezeframe.ledger.RetentionSettings;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The sets of one policy and instance, newest first.
 *
 * @param terms in force: those of the newest set that has any
 */
public record Group(List<SetFacts> sets, RetentionSettings terms, Instant now) {

  public static List<SetFacts> newestFirst(Collection<SetFacts> sets) {
    return sets.stream().sorted(SetFacts.NEWEST_FIRST).toList();
  }

  /**
   * The days of a set: its own or those in force, whichever are more, so that a longer retention
   * holds at once and a shorter one only for what is taken under it.
   */
  OptionalInt days(SetFacts set) {
    return terms(set).map(RetentionSettings::days).flatMapToInt(OptionalInt::stream).max();
  }

  /** Where those days come from. */
  String daysReason(SetFacts set) {
    return terms(set)
        .filter(either -> either.days().equals(days(set)))
        .map(RetentionSettings::daysReason)
        .findFirst()
        .orElse("no age is set");
  }

  private Stream<RetentionSettings> terms(SetFacts set) {
    return Stream.concat(set.terms().stream(), Stream.of(terms));
  }
}
