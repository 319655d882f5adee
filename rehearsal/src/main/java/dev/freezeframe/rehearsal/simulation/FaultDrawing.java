package dev.freezeframe.rehearsal.simulation;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.faults.Fault;
import dev.freezeframe.rehearsal.faults.FaultAction;
import dev.freezeframe.rehearsal.faults.FaultArgument;
import dev.freezeframe.rehearsal.faults.InjectionPoint;
import dev.freezeframe.rehearsal.faults.Occasions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Draws the faults of a simulation, one after another. */
final class FaultDrawing {
  /** A schedule fires at an instant; what begins within a minute after it was meant for it. */
  private static final Duration SCHEDULE_IS_MET = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private final Draw draw;
  private final Simulation simulation;
  private final List<Instant> firings;
  private final List<Fault> faults = new ArrayList<>();
  private int number;

  /**
   * A drawing.
   *
   * @param firings near which faults begin
   */
  FaultDrawing(Draw draw, Simulation simulation, List<Instant> firings) {
    this(draw, simulation, firings, 0);
  }

  /** A drawing that goes on with a simulation whose faults are drawn already. */
  FaultDrawing(Draw draw, Simulation simulation) {
    this(
        draw,
        simulation,
        SimulationDrawing.firings(simulation),
        simulation.faults().stream().mapToInt(Fault::number).max().orElse(0));
  }

  private FaultDrawing(Draw draw, Simulation simulation, List<Instant> firings, int number) {
    this.draw = draw;
    this.simulation = simulation;
    this.firings = firings;
    this.number = number;
  }

  /**
   * What was drawn: in the order in which an occasion of several is asked for them; what is done by
   * hand in the order in which it was drawn.
   */
  List<Fault> faults() {
    return ordered(faults);
  }

  /** The simulation with its own faults and those that were drawn, in the same order. */
  Simulation withFaults() {
    return simulation.withFaults(
        ordered(Stream.concat(simulation.faults().stream(), faults().stream()).toList()));
  }

  private static List<Fault> ordered(List<Fault> faults) {
    return Stream.concat(
            faults.stream()
                .filter(fault -> !isByHand(fault))
                .sorted(Comparator.comparing(Fault::action)),
            faults.stream().filter(FaultDrawing::isByHand))
        .toList();
  }

  private static boolean isByHand(Fault fault) {
    return fault.at() == InjectionPoint.BY_HAND;
  }

  /** Draws each of some types in so many simulations of a hundred. */
  void drawEach(List<FaultType> types, int percent) {
    for (FaultType type : types) {
      if (draw.percent(percent)) {
        draw(type);
      }
    }
  }

  /** Draws so many of some types, each of any of them. */
  void drawAny(List<FaultType> types, int least, int most) {
    int entries = draw.between(least, most);
    for (int entry = 0; entry < entries; entry++) {
      draw(draw.one(types));
    }
  }

  /** Draws one more. */
  void draw(FaultType type) {
    number++;
    Instant firing = firings.isEmpty() ? Simulation.START : draw.one(firings);
    boolean always = !type.byHand() && draw.percent(30);
    Instant from =
        always
            ? Simulation.START
            : firing.plus(draw.duration(Duration.ofSeconds(1), type.span())).minusSeconds(30);
    Instant until =
        type.byHand() || always
            ? simulation.calm()
            : earlier(
                from.plus(draw.duration(Duration.ofSeconds(20), Duration.ofHours(12))),
                simulation.calm());
    Optional<String> instance =
        type.everywhere() || (!type.byHand() && draw.percent(60))
            ? Optional.empty()
            : Optional.of(draw.one(simulation.fleet().ids()));
    int percent = draw.one(type.percentages());
    Duration length = draw.duration(SHORTEST, type.longest());
    // An event is of no instance: it never meets what was drawn for one.
    if (type.place() != InjectionPoint.BUS || instance.isEmpty()) {
      faults.add(
          fault(type, instance, new Occasions.Span(earlier(from, until), until), percent, length));
    }
  }

  private Fault fault(
      FaultType type,
      Optional<String> instance,
      Occasions.Span span,
      int percent,
      Duration length) {
    boolean schedule = type.place() == InjectionPoint.SCHEDULE;
    boolean task = type.place() == InjectionPoint.TASK;
    boolean execution = type.place() == InjectionPoint.EXECUTION;
    FaultAction action = action(type, instance);
    return new Fault(
        number,
        type.place(),
        action,
        argument(action, instance, length),
        new Occasions(
            schedule ? Optional.empty() : instance,
            task ? Optional.of(Occasions.ANY) : Optional.empty(),
            execution ? Optional.of(Occasions.ANY) : Optional.empty(),
            schedule ? sooner(span) : span,
            type.stands() ? OptionalInt.empty() : OptionalInt.of(percent),
            type == FaultType.FUNCTION_INACTIVE ? OptionalInt.of(1) : OptionalInt.empty()));
  }

  private static Occasions.Span sooner(Occasions.Span span) {
    return new Occasions.Span(
        span.from().minus(SCHEDULE_IS_MET), span.until().minus(SCHEDULE_IS_MET));
  }

  private FaultAction action(FaultType type, Optional<String> instance) {
    return type == FaultType.CLOCK_SET && ownDraws(instance).nextInt(2) == 1
        ? FaultAction.CLOCK_BACK
        : type.action();
  }

  private FaultArgument argument(FaultAction action, Optional<String> instance, Duration length) {
    if (action == FaultAction.LIFETIME) {
      return FaultArgument.of(List.of(1, 4).get(ownDraws(instance).nextInt(2)));
    }
    if (action.isNamed()) {
      return FaultArgument.of(StopDrawing.ALARM);
    }
    return action.lasts() || action == FaultAction.NOT_READY
        ? FaultArgument.of(length)
        : FaultArgument.NONE;
  }

  /** The first of what is drawn for it where it happens, so that seeds stay what they were. */
  private SplittableRandom ownDraws(Optional<String> instance) {
    return Fault.random(new Seed(simulation.seed()), number, instance.orElse(""));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
