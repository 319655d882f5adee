package dev.freezeframe.documents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Numbered writes and when each was acknowledged to the one who made it. */
final class Acknowledged {

  private final List<Integer> numbers = new ArrayList<>();
  private final List<Instant> instants = new ArrayList<>();

  synchronized void add(int number, Instant at) {
    numbers.add(number);
    instants.add(at);
  }

  synchronized int count() {
    return numbers.size();
  }

  /** Waits until something more was written: the writers go on. */
  void awaitNext() {
    int before = count();
    Shell.await("another write", () -> count() > before + 2);
  }

  synchronized List<Integer> before(Instant instant) {
    List<Integer> before = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      if (instants.get(i).isBefore(instant)) {
        before.add(numbers.get(i));
      }
    }
    return before;
  }

  synchronized long between(Instant from, Instant to) {
    return instants.stream().filter(at -> at.isAfter(from) && at.isBefore(to)).count();
  }

  /** The longest time without a write. */
  synchronized Duration longestStall() {
    Duration longest = Duration.ZERO;
    for (int i = 1; i < instants.size(); i++) {
      Duration gap = Duration.between(instants.get(i - 1), instants.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return longest;
  }
}
