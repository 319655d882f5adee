package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.rehearsal.cloud.Seed;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One thing that goes wrong: an entry of a file of faults, or one that a simulation drew.
 *
 * @param number within its file; its random draws go by it, so that they stay when others go
 */
public record Fault(
    int number,
    InjectionPoint at,
    FaultAction action,
    FaultArgument argument,
    Occasions occasions) {

  public Fault {
    if (!action.canHappenAt(at)) {
      throw new IllegalArgumentException(
          "fault %d: expected what can happen at %s, found %s".formatted(number, at, action));
    }
  }

  /** The random draws of a fault at an instance, or at none: an empty string. */
  public static SplittableRandom random(Seed seed, int number, String instance) {
    // The name of the draws is part of every seed: another one would play another simulation.
    return seed.random("weather %d at %s".formatted(number, instance));
  }

  /** Whether every function is befallen, each once, and not every invocation of it. */
  boolean befallsFunctions() {
    return action == FaultAction.NOT_READY && occasions.concernTask(Occasions.ANY);
  }

  /** The same, over by an instant at the latest. */
  public Fault endingBy(Instant end) {
    return occasions.span().until().isAfter(end)
        ? new Fault(number, at, action, argument, occasions.endingBy(end))
        : this;
  }

  /** When what is done by hand is undone. */
  Instant undoneAt() {
    Instant after = occasions.span().from().plus(argument.length());
    Instant until = occasions.span().until();
    return after.isBefore(until) ? after : until;
  }

  /** The key of the tag that it takes from an instance; empty: none. */
  public Optional<String> takesTagAway() {
    return action == FaultAction.UNTAG ? Optional.of(ManualFaults.TAG) : Optional.empty();
  }

  /** The value of the field {@code do}. */
  public String does() {
    return action.word() + argument.text();
  }
}
