package dev.freezeframe.policy.field;

import dev.freezeframe.common.Quoted;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reads a duration in whole seconds; a number without a unit is not one. */
public record DurationField(Duration least, Duration most, String range)
    implements Field<Duration> {

  public static DurationField between(String least, String most) {
    return new DurationField(
        DurationText.parse(least).orElseThrow(),
        DurationText.parse(most).orElseThrow(),
        least + ".." + most);
  }

  @Override
  public Optional<Duration> read(Entry entry) {
    if (Quoted.isNumber(entry.node())) {
      String found = "the number %s without a unit".formatted(Quoted.describe(entry.node()));
      return entry.refuse(found, "a duration such as 30s, 15m or 24h, " + range);
    }
    Optional<Duration> duration = entry.text().flatMap(DurationText::parse);
    if (duration.isEmpty()) {
      return entry.refuse("a duration such as 30s, 15m or 24h, " + range);
    }
    return duration.filter(this::accepts).or(() -> entry.refuse(range));
  }

  public boolean accepts(Duration duration) {
    return duration.compareTo(least) >= 0
        && duration.compareTo(most) <= 0
        && duration.equals(duration.truncatedTo(ChronoUnit.SECONDS));
  }
}
