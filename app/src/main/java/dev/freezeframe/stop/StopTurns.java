package dev.freezeframe.stop;

import dev.freezeframe.common.PolicyName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who of a group is stopped, and who waits to be.
 *
 * @param group of the policy's instances
 * @param version grows with every change
 * @param holders who has a turn, by execution, and until when it lapses: soon until its instance is
 *     seen stopped, hardly ever after
 * @param waiters who waits, by execution
 */
public record StopTurns(
    PolicyName policy,
    String group,
    long version,
    SortedMap<String, Instant> holders,
    SortedMap<String, Waiter> waiters) {

  /** A turn of an instance that is stopped ends with its start, which nothing gives up sooner. */
  static final Duration WHILE_STOPPED = Duration.ofDays(14);

  /** The most that are remembered to wait, so that the item stays small; others ask again. */
  static final int MAX_WAITERS = 500;

  public StopTurns {
    holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
    waiters = Collections.unmodifiableSortedMap(new TreeMap<>(waiters));
  }

  /**
   * One that waits.
   *
   * @param order the lowest comes first
   * @param since when it began to wait; of the same order who came first
   * @param until it is taken for alive
   */
  public record Waiter(long order, Instant since, Instant until) {}

  /** A group of which nobody is stopped. */
  public static StopTurns none(PolicyName policy, String group) {
    return new StopTurns(
        policy, group, 0, Collections.emptySortedMap(), Collections.emptySortedMap());
  }

  /** Whether an execution may stop its instance now: those before it, and those who do, are few. */
  boolean mayGo(String execution, long order, Instant since, int atOnce, Instant now) {
    if (has(execution, now)) {
      return true;
    }
    long stopped = holders.values().stream().filter(until -> until.isAfter(now)).count();
    Comparator<Map.Entry<String, Waiter>> turn =
        Comparator.<Map.Entry<String, Waiter>>comparingLong(entry -> entry.getValue().order())
            .thenComparing(entry -> entry.getValue().since())
            .thenComparing(Map.Entry::getKey);
    Map.Entry<String, Waiter> own = Map.entry(execution, new Waiter(order, since, now));
    long before =
        waiters.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(execution))
            .filter(entry -> entry.getValue().until().isAfter(now))
            .filter(entry -> turn.compare(entry, own) < 0)
            .count();
    return stopped + before < atOnce;
  }

  /** Whether an execution has a turn. */
  boolean has(String execution, Instant now) {
    return Optional.ofNullable(holders.get(execution))
        .map(until -> until.isAfter(now))
        .orElse(false);
  }

  /** The same, and an execution has a turn. */
  StopTurns taken(String execution, Instant until, Instant now) {
    StopTurns next = without(execution, now);
    SortedMap<String, Instant> more = new TreeMap<>(next.holders);
    more.put(execution, until);
    return new StopTurns(policy, group, version + 1, more, next.waiters);
  }

  /** The same, and an execution waits, if there is room. */
  StopTurns waiting(String execution, Waiter waiter, Instant now) {
    StopTurns next = without(execution, now);
    SortedMap<String, Waiter> more = new TreeMap<>(next.waiters);
    if (more.size() < MAX_WAITERS) {
      more.put(execution, waiter);
    }
    return new StopTurns(policy, group, version + 1, next.holders, more);
  }

  /** The same without an execution, and without those whose time is over. */
  StopTurns without(String execution, Instant now) {
    SortedMap<String, Instant> stopped = new TreeMap<>(holders);
    stopped.remove(execution);
    stopped.values().removeIf(until -> !until.isAfter(now));
    SortedMap<String, Waiter> alive = new TreeMap<>(waiters);
    alive.remove(execution);
    alive.values().removeIf(waiter -> !waiter.until().isAfter(now));
    return new StopTurns(policy, group, version + 1, stopped, alive);
  }

  /** The latest instant that is in it; the epoch if it is empty. */
  public Instant newest() {
    Instant held = holders.values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    return waiters.values().stream()
        .map(Waiter::until)
        .filter(held::isBefore)
        .max(Comparator.naturalOrder())
        .orElse(held);
  }
}
