package dev.freezeframe.rehearsal.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An instant as an operator reads it: in UTC, and as the policy's clock shows it. */
final class PolicyTime {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private PolicyTime() {}

  /** Such as {@code 2026-11-22T03:00:00Z (04:00 Europe/Berlin)}. */
  static String words(Instant at, ZoneId zone) {
    return zone.getRules().getOffset(at).getTotalSeconds() == 0
        ? at.toString()
        : "%s (%s %s)".formatted(at, CLOCK.format(at.atZone(zone)), zone);
  }
}
