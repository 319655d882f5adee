package dev.freezeframe.stop;

import dev.freezeframe.common.RateLimiter;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.metric.Measurements;
import dev.freezeframe.metric.Metric;
import dev.freezeframe.stop.InstancePower.PowerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The start that follows every stop: one look at an instance, and what follows from it. A caller
 * repeats it until the stop has ended; several callers may do so at once.
 */
public final class InstanceStart {
  /** A function that was about to order a stop when its start began has ended by then. */
  public static final Duration LATE_STOP = Duration.ofSeconds(90);

  /** EC2 shows by then that a start it took is under way. */
  private static final Duration SHOWN = Duration.ofSeconds(60);

  /**
   * Of one that starts several: StartInstances has 2 calls a second of an account (EC2 API
   * throttling, from memory: its tables could not be read).
   */
  private static final double PER_SECOND = 1;

  private final InstancePower power;
  private final StopLedger ledger;
  private final Measurements measurements;
  private final Clock clock;
  private final RateLimiter pace;
  private final String by;

  /**
   * Starts for a task.
   *
   * @param by its name
   */
  public InstanceStart(
      InstancePower power,
      StopLedger ledger,
      Measurements measurements,
      Clock clock,
      Sleeper pause,
      String by) {
    this.power = power;
    this.ledger = ledger;
    this.measurements = measurements;
    this.clock = clock;
    this.pace = new RateLimiter(clock, pause, PER_SECOND);
    this.by = by;
  }

  /**
   * What a look came to.
   *
   * @param ended whether there is nothing left to start
   */
  public record Progress(boolean ended, String words) {}

  /**
   * Looks, and orders the start of an instance that is stopped.
   *
   * @param stop that has not ended
   * @param alone whether no function can be at work that stops it: so it is for its own execution,
   *     which has one at work at a time
   * @throws StartFailedException if EC2 refuses or has refused, or had taken a start that came to
   *     nothing
   */
  public Progress step(StopRow stop, boolean alone) {
    Instant now = clock.instant();
    // Before anything is looked at: from here on nobody stops it, or goes on with its set.
    ledger.recordStarting(stop.run(), stop.instance(), stop.attempt(), now);
    Optional<PowerState> found = power.look(stop.instance());
    if (found.isEmpty() || found.get().gone()) {
      String state = found.map(PowerState::name).orElse("gone");
      return ended(stop, "the instance is " + state, Optional.empty());
    }
    PowerState state = found.get();
    if (state.name().equals("running")) {
      return running(stop, state, alone, now);
    }
    if (now.isAfter(stop.startBy())) {
      measure(stop, Metric.STOPPED_TOO_LONG, 1);
      // A turn that nobody saw stopped would lapse, and another of its group be stopped beside it.
      new Turns(ledger, clock).keep(stop);
    }
    return state.name().equals("stopped")
        ? start(stop, state, now)
        : new Progress(false, "the instance is " + state.name());
  }

  /** A function that was at work when the start began may still stop it, and then it would stay. */
  private Progress running(StopRow stop, PowerState state, boolean alone, Instant now) {
    boolean late =
        stop.startingAt().map(since -> !now.isBefore(since.plus(LATE_STOP))).orElse(false);
    if (!late && !(alone && stop.stoppedAt().isPresent())) {
      return new Progress(false, "the instance runs, and a stop may still come");
    }
    return state.launchedAt().equals(stop.launchedAt())
        ? ended(stop, "it was not stopped", Optional.empty())
        : ended(stop, "it runs again", Optional.of(now));
  }

  /**
   * Whether a call of somebody else has stopped it after EC2 took our start: no function of ours
   * that was about to order a stop is at work any more.
   */
  private static boolean stoppedByOthers(StopRow stop, PowerState state) {
    Optional<Instant> ordered = stop.startOrderedAt();
    Optional<Instant> late = stop.startingAt().map(since -> since.plus(LATE_STOP));
    return state
        .toldAt()
        .filter(at -> ordered.filter(at::isAfter).isPresent())
        .filter(at -> late.filter(at::isAfter).isPresent())
        .isPresent();
  }

  private Progress start(StopRow stop, PowerState state, Instant now) {
    if (stoppedByOthers(stop, state)) {
      return ended(
          stop,
          "somebody else has stopped it at %s, after its start".formatted(state.toldAt().get()),
          Optional.empty());
    }
    Optional<Instant> next = stop.nextStart().filter(now::isBefore);
    if (next.isPresent()) {
      return later(stop, next.get());
    }
    int tries = stop.tries().map(StopRow.Tries::number).orElse(0) + 1;
    pace.await();
    try {
      power.start(stop.instance());
      tried(stop, tries);
    } catch (StartFailedException refused) {
      tried(stop, tries);
      measure(stop, Metric.START_FAILED, 1);
      throw refused;
    }
    if (stop.startOrderedAt().filter(at -> now.isAfter(at.plus(SHOWN))).isPresent()) {
      // EC2 takes a start, and stops the instance again where it may not use the key of a volume.
      measure(stop, Metric.START_FAILED, 1);
      throw new StartFailedException(
          "%s is stopped, and a start was ordered at %s%s; it is ordered again"
              .formatted(
                  stop.instance(),
                  stop.startOrderedAt().get(),
                  state.reason().map(why -> ": " + why.words()).orElse("")));
    }
    ledger.recordStartOrdered(stop.run(), stop.instance(), stop.attempt(), now);
    return new Progress(false, "its start is ordered");
  }

  /** After the call: what it could not be asked for, as where it is throttled, is no try. */
  private void tried(StopRow stop, int tries) {
    ledger.recordStartTried(
        stop.run(), stop.instance(), stop.attempt(), new StopRow.Tries(tries, clock.instant()));
  }

  private static Progress later(StopRow stop, Instant next) {
    String words =
        "its start was ordered at %s and may be ordered again at %s"
            .formatted(stop.tries().orElseThrow().last(), next);
    if (stop.startOrderedAt().isEmpty()) {
      throw new StartFailedException("%s is stopped: %s".formatted(stop.instance(), words));
    }
    return new Progress(false, words);
  }

  private Progress ended(StopRow stop, String words, Optional<Instant> runningAt) {
    // The turn first: a function that dies here comes back to a stop that has not ended.
    new Turns(ledger, clock).giveBack(stop);
    ledger.recordStopEnded(
        stop.run(), stop.instance(), stop.attempt(), new StopRow.Ended(clock.instant(), by, words));
    runningAt
        .map(at -> Duration.between(stop.orderedAt(), at))
        .ifPresent(down -> measure(stop, Metric.DOWN, down.toMillis() / 1000.0));
    return new Progress(true, words);
  }

  private void measure(StopRow stop, Metric metric, double value) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(metric, value);
    measurements.record(stop.run().policy(), values);
  }
}
