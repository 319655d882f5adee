package dev.freezeframe.rehearsal.fleet;

/** A file does not describe a fleet; the message says in one sentence where, and what was found. */
public final class FleetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FleetException(String file, String where, String found, String expected) {
    super(
        where.isEmpty()
            ? "%s: found %s, expected %s".formatted(file, found, expected)
            : "%s: %s is %s, expected %s".formatted(file, where, found, expected));
  }
}
