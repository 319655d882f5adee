package dev.freezeframe.retention;

import dev.freezeframe.ledger.ExpiryLedger;
import dev.freezeframe.ledger.GroupKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The groups of which anything is due.
 *
 * @param from the first day on which anything is; empty: nothing is
 */
record DueGroups(SortedSet<GroupKey> groups, Optional<LocalDate> from) {
  /**
   * How far back to look where no set ever began a group, and where a clock that was ahead has put
   * the day to look from into the future.
   */
  private static final int FIRST_LOOK_DAYS = 35;

  /** A write that was under way when a day was looked at has landed by then. */
  private static final int SETTLED_DAYS = 2;

  /**
   * How many due snapshots are looked at: more than a fleet of 10,000 instances with hourly sets of
   * three snapshots has in a day. After a standstill of weeks the oldest day names every group, of
   * which then all that is due is planned; a group that it does not name has its turn in the next
   * run.
   */
  private static final long MAX_LOOKED_AT = 1_000_000;

  static DueGroups find(ExpiryLedger ledger, Instant now) {
    return find(ledger, now, MAX_LOOKED_AT);
  }

  static DueGroups find(ExpiryLedger ledger, Instant now, long most) {
    LocalDate today = day(now);
    SortedSet<GroupKey> groups = new TreeSet<>();
    Optional<LocalDate> from = Optional.empty();
    long left = most;
    LocalDate day =
        ledger
            .dueFrom()
            .filter(recorded -> !recorded.isAfter(today))
            .orElse(today.minusDays(FIRST_LOOK_DAYS));
    for (; !day.isAfter(today) && left > 0; day = day.plusDays(1)) {
      AtomicLong seen = new AtomicLong();
      ledger
          .due(day, now)
          .limit(left)
          .forEach(
              snapshot -> {
                seen.incrementAndGet();
                groups.add(snapshot.group());
              });
      if (seen.get() > 0 && from.isEmpty()) {
        from = Optional.of(day);
      }
      left -= seen.get();
    }
    return new DueGroups(groups, from);
  }

  /** Nothing is due before this day, nor will be: an expiry is never set into the past. */
  LocalDate settled(Instant now) {
    LocalDate latest = day(now).minusDays(SETTLED_DAYS);
    return from.filter(day -> day.isBefore(latest)).orElse(latest);
  }

  static LocalDate day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
