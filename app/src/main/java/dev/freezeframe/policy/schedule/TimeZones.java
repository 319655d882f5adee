package dev.freezeframe.policy.schedule;

import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The time zones that EventBridge Scheduler takes: the names of the IANA time zone database.
 *
 * <p>An offset such as {@code Z} or {@code +01:00} is a {@link ZoneId} too, and none of them.
 */
public final class TimeZones {
  /** Universal time by its IANA name; {@code ZoneOffset.UTC} is called {@code Z}. */
  public static final ZoneId UTC = ZoneId.of("UTC");

  /** Some Java versions add names of their own. */
  private static final Set<String> NAMES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(name -> !name.startsWith("SystemV/"))
          .collect(Collectors.toUnmodifiableSet());

  private TimeZones() {}

  public static Set<String> names() {
    return NAMES;
  }
}
