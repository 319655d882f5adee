package dev.freezeframe.stop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the stop of an instance stands.
 *
 * @param waitSeconds before the next look
 * @param alarms to read before it is stopped; empty: none, or they are read
 * @param place at which it waits for its turn; empty: it does not
 * @param launchedAt of the last start before the stop; empty: EC2 did not say
 * @param forced whether EC2 was told to force it
 * @param agent whether the instance's agent was online before
 * @param warning what the stop gives up for good; empty: nothing
 */
public record Stopping(
    State state,
    long waitSeconds,
    Optional<List<String>> alarms,
    Optional<Place> place,
    Optional<Instant> launchedAt,
    boolean forced,
    boolean agent,
    Optional<String> warning,
    String words) {

  /** The branches of the choice that follows. */
  public enum State {
    /** Its turn has not come, or it is being stopped. */
    WAITING,
    /** It may be stopped unless an alarm says otherwise. */
    READ_ALARMS,
    STOPPED,
    /** It must not be stopped; nothing was. */
    REFUSED,
    /** It has not stopped as it should have. */
    NOT_STOPPED
  }

  /**
   * A place among those that wait.
   *
   * @param group of the policy's instances
   * @param order the lowest comes first
   * @param since when it first asked
   */
  public record Place(String group, long order, Instant since) {}

  /** It must not be stopped. */
  public static Stopping refused(String words) {
    return before(State.REFUSED, Duration.ZERO, Optional.empty(), words);
  }

  /** It waits for its turn. */
  public static Stopping inTurn(Duration wait, Place place) {
    return before(
        State.WAITING, wait, Optional.of(place), "as many of its group are stopped as may be");
  }

  /** It is its turn, and alarms are to be read before it is stopped. */
  public static Stopping readAlarms(List<String> alarms, Place place) {
    Stopping before =
        before(State.READ_ALARMS, Duration.ZERO, Optional.of(place), "its alarms are to be read");
    return new Stopping(
        before.state,
        before.waitSeconds,
        Optional.of(alarms),
        before.place,
        before.launchedAt,
        before.forced,
        before.agent,
        before.warning,
        before.words);
  }

  /** It waits because the instance is on its way, or another backup has it. */
  public static Stopping busy(Duration wait, Place place, String words) {
    return before(State.WAITING, wait, Optional.of(place), words);
  }

  /** It has waited for its turn for too long. */
  public static Stopping givenUp(Place place) {
    return before(
        State.NOT_STOPPED,
        Duration.ZERO,
        Optional.of(place),
        "it has waited since %s for its turn to be stopped".formatted(place.since()));
  }

  private static Stopping before(State state, Duration wait, Optional<Place> place, String words) {
    boolean forced = false;
    boolean agent = false;
    return new Stopping(
        state,
        wait.toSeconds(),
        Optional.empty(),
        place,
        Optional.empty(),
        forced,
        agent,
        Optional.empty(),
        words);
  }

  /** Its stop is ordered. */
  public static Stopping ordered(
      Duration wait, Optional<Instant> launchedAt, boolean agent, Optional<String> warning) {
    boolean forced = false;
    return new Stopping(
        State.WAITING,
        wait.toSeconds(),
        Optional.empty(),
        Optional.empty(),
        launchedAt,
        forced,
        agent,
        warning,
        "its stop is ordered");
  }

  /** The same stop, as it stands now. */
  public Stopping now(State next, Duration wait, boolean byForce, String said) {
    return new Stopping(
        next, wait.toSeconds(), Optional.empty(), place, launchedAt, byForce, agent, warning, said);
  }
}
