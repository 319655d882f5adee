package dev.freezeframe.rehearsal.faults;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a fault happens.
 *
 * @param instance empty: every instance, each counted by itself
 * @param task the function that it befalls, or {@link #ANY}; empty where no function is named
 * @param after the state after which an execution is aborted, or {@link #ANY}
 * @param span from when on, and until when
 * @param percent of the occasions at which it happens; empty: at all of them
 * @param times how often at most; empty: every time
 */
public record Occasions(
    Optional<String> instance,
    Optional<String> task,
    Optional<String> after,
    Span span,
    OptionalInt percent,
    OptionalInt times) {

  /** Every function, or every state. */
  public static final String ANY = "*";

  public Occasions {
    if (percent.isPresent() && (percent.getAsInt() < 1 || percent.getAsInt() > 100)) {
      throw new IllegalArgumentException(
          "fault: expected 1 to 100 percent, found %d".formatted(percent.getAsInt()));
    }
  }

  boolean concern(String instanceId, Instant now) {
    return (instance.isEmpty() || instance.get().equals(instanceId)) && span.has(now);
  }

  Occasions endingBy(Instant end) {
    return new Occasions(instance, task, after, new Span(span.from(), end), percent, times);
  }

  boolean concernTask(String name) {
    return task.equals(Optional.of(ANY)) || task.equals(Optional.of(name));
  }

  boolean concernState(String name) {
    return after.equals(Optional.of(ANY)) || after.equals(Optional.of(name));
  }

  /**
   * A span of time.
   *
   * @param from the first instant of it; {@link Instant#MIN}: from the start
   * @param until the first instant after it; {@link Instant#MAX}: without end
   */
  public record Span(Instant from, Instant until) {
    /** All the time. */
    public static final Span ALWAYS = new Span(Instant.MIN, Instant.MAX);

    public Span {
      if (until.isBefore(from)) {
        throw new IllegalArgumentException(
            "fault: expected an end after %s, found %s".formatted(from, until));
      }
    }

    boolean has(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }
}
