package dev.freezeframe.policy;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads a name from the IANA time zone database, as EventBridge Scheduler wants it. */
final class TimeZoneField implements Field<ZoneId> {

  @Override
  public Optional<ZoneId> read(Entry entry) {
    String text = entry.text().orElse("");
    List<String> known =
        ZoneId.getAvailableZoneIds().stream().filter(id -> !id.startsWith("SystemV/")).toList();
    if (known.contains(text)) {
      return Optional.of(ZoneId.of(text));
    }
    return entry.refuse(
        Nearest.to(text, known).orElse("the name of a time zone such as Europe/Berlin or UTC"));
  }
}
