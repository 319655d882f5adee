package dev.freezeframe.policy.field;

import dev.freezeframe.input.DidYouMean;
import dev.freezeframe.policy.schedule.TimeZones;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads a name from the IANA time zone database, as EventBridge Scheduler wants it. */
public final class TimeZoneField implements Field<ZoneId> {

  @Override
  public Optional<ZoneId> read(Entry entry) {
    String text = entry.text().orElse("");
    if (TimeZones.names().contains(text)) {
      return Optional.of(ZoneId.of(text));
    }
    return entry.refuse(
        DidYouMean.to(text, List.copyOf(TimeZones.names()))
            .orElse("the name of a time zone such as Europe/Berlin or UTC"));
  }
}
