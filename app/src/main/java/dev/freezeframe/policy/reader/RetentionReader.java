package dev.freezeframe.policy.reader;

import dev.freezeframe.policy.Retention;
import dev.freezeframe.policy.field.Flag;
import dev.freezeframe.policy.field.Section;
import dev.freezeframe.policy.field.TagText;
import dev.freezeframe.policy.field.WholeNumber;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads for how long sets live; a rule that is unset is no rule, never zero. */
public final class RetentionReader {
  public static final List<String> FIELDS =
      List.of("days", "count", "tiers", "lifetimeTag", "minimum", "keepShared");
  public static final List<String> TIERS =
      List.of("hourly", "daily", "weekly", "monthly", "yearly");

  /** DLM's longest age, 100 years, and its largest count. */
  static final WholeNumber DAYS = new WholeNumber(1, 36_500);

  static final WholeNumber COUNT = new WholeNumber(1, 1000);
  static final WholeNumber MINIMUM = new WholeNumber(0, 1000);

  private RetentionReader() {}

  static Retention read(Section retention) {
    return new Retention(
        number(retention, "days", DAYS),
        number(retention, "count", COUNT),
        readTiers(retention.section("tiers", TIERS)),
        retention.read("lifetimeTag", TagText.KEY).orElse("snaplifetime"),
        number(retention, "minimum", MINIMUM),
        retention.read("keepShared", Flag.EITHER).orElse(false));
  }

  private static Optional<Retention.Tiers> readTiers(Section tiers) {
    Retention.Tiers read =
        new Retention.Tiers(
            number(tiers, "hourly", COUNT),
            number(tiers, "daily", COUNT),
            number(tiers, "weekly", COUNT),
            number(tiers, "monthly", COUNT),
            number(tiers, "yearly", COUNT));
    return TIERS.stream().anyMatch(tiers::isSet) ? Optional.of(read) : Optional.empty();
  }

  private static OptionalInt number(Section section, String field, WholeNumber kind) {
    return section.read(field, kind).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }
}
