package dev.freezeframe.rehearsal.fleet;

import dev.freezeframe.common.LogSafe;

/** A file does not describe a fleet; the message says in one sentence where, and what was found. */
public final class FleetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What stands in a file is repeated in part and as one line, whatever it holds. */
  FleetException(String file, String where, String found, String expected) {
    super(
        where.isEmpty()
            ? "%s: found %s, expected %s".formatted(LogSafe.of(file), shown(found), expected)
            : "%s: %s is %s, expected %s"
                .formatted(LogSafe.of(file), LogSafe.of(where, 200), shown(found), expected));
  }

  private static String shown(String found) {
    return LogSafe.of(found, 80);
  }
}
