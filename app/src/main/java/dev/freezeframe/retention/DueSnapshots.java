package dev.freezeframe.retention;

import dev.freezeframe.ledger.ExpiryLedger;
import dev.freezeframe.ledger.GroupKey;
import dev.freezeframe.ledger.IndexedSnapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is due, by group.
 *
 * @param from the first day on which anything is; empty: nothing is
 */
record DueSnapshots(SortedMap<GroupKey, List<IndexedSnapshot>> groups, Optional<LocalDate> from) {
  /**
   * How far back to look where no set ever began a group, and where a clock that was ahead has put
   * the day to look from into the future.
   */
  private static final int FIRST_LOOK_DAYS = 35;

  /** A write that was under way when a day was looked at has landed by then. */
  private static final int SETTLED_DAYS = 2;

  static DueSnapshots find(ExpiryLedger ledger, Instant now) {
    LocalDate today = day(now);
    SortedMap<GroupKey, List<IndexedSnapshot>> groups = new TreeMap<>();
    Optional<LocalDate> from = Optional.empty();
    LocalDate day =
        ledger
            .dueFrom()
            .filter(recorded -> !recorded.isAfter(today))
            .orElse(today.minusDays(FIRST_LOOK_DAYS));
    for (; !day.isAfter(today); day = day.plusDays(1)) {
      List<IndexedSnapshot> due = ledger.due(day, now);
      if (!due.isEmpty() && from.isEmpty()) {
        from = Optional.of(day);
      }
      due.forEach(
          snapshot ->
              groups.computeIfAbsent(snapshot.group(), any -> new ArrayList<>()).add(snapshot));
    }
    return new DueSnapshots(groups, from);
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
