package dev.freezeframe.ledger.dynamo;

import dev.freezeframe.ledger.RetentionSettings;
import dev.freezeframe.ledger.dynamo.table.DynamoAttributes;
import dev.freezeframe.policy.Retention;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/** The terms of a set as a map inside its items, readable in the console. */
final class DynamoRetentionSettingsItem {

  private DynamoRetentionSettingsItem() {}

  static DynamoAttributes map(RetentionSettings terms) {
    DynamoAttributes map =
        new DynamoAttributes()
            .with("daysReason", terms.daysReason())
            .with("minimum", terms.minimum())
            .with("keepShared", terms.keepShared())
            .with("zone", terms.zone().getId());
    terms.days().ifPresent(days -> map.with("days", days));
    terms.count().ifPresent(count -> map.with("count", count));
    terms
        .tiers()
        .ifPresent(
            tiers -> {
              tiers.hourly().ifPresent(most -> map.with("hourly", most));
              tiers.daily().ifPresent(most -> map.with("daily", most));
              tiers.weekly().ifPresent(most -> map.with("weekly", most));
              tiers.monthly().ifPresent(most -> map.with("monthly", most));
              tiers.yearly().ifPresent(most -> map.with("yearly", most));
            });
    return map;
  }

  static Optional<RetentionSettings> in(DynamoAttributes item) {
    return item.has("terms") ? Optional.of(terms(item.map("terms"))) : Optional.empty();
  }

  private static RetentionSettings terms(DynamoAttributes map) {
    Retention.Tiers tiers =
        new Retention.Tiers(
            number(map, "hourly"),
            number(map, "daily"),
            number(map, "weekly"),
            number(map, "monthly"),
            number(map, "yearly"));
    return new RetentionSettings(
        number(map, "days"),
        map.text("daysReason"),
        number(map, "count"),
        tiers.none() ? Optional.empty() : Optional.of(tiers),
        map.number("minimum"),
        map.flag("keepShared"),
        ZoneId.of(map.text("zone")));
  }

  static OptionalInt number(DynamoAttributes map, String name) {
    return map.has(name) ? OptionalInt.of(map.number(name)) : OptionalInt.empty();
  }
}
