package dev.freezeframe.rehearsal.faults;

import dev.freezeframe.rehearsal.cloud.Seed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Says for each occasion which fault happens, and counts how often each did.
 *
 * <p>The first entry that concerns an occasion and has times left is the one that happens.
 */
final class Injector {
  private final Seed seed;
  private final InstantSource time;
  private final Map<InjectionPoint, List<Fault>> faults = new EnumMap<>(InjectionPoint.class);
  private final Map<String, SplittableRandom> draws = new HashMap<>();
  private final Map<String, Integer> happened = new HashMap<>();
  private final SortedMap<FaultAction, Integer> met = new TreeMap<>();

  Injector(List<Fault> faults, Seed seed, InstantSource time) {
    this.seed = seed;
    this.time = time;
    for (InjectionPoint where : InjectionPoint.values()) {
      this.faults.put(where, faults.stream().filter(fault -> fault.at() == where).toList());
    }
    this.faults.put(
        InjectionPoint.SCRIPT,
        faults.stream().filter(fault -> InjectionPoint.SCRIPTS.contains(fault.at())).toList());
  }

  /** The faults of a place, in their order; of {@code SCRIPT}, those of all scripts. */
  List<Fault> at(InjectionPoint where) {
    return faults.get(where);
  }

  /** Whether what can happen at one place only happens on this occasion. */
  boolean happens(InjectionPoint where, FaultAction action, String instance) {
    return next(where, action, instance).isPresent();
  }

  /** What happens of one kind on this occasion, counted. */
  Optional<Fault> next(InjectionPoint where, FaultAction action, String instance) {
    return next(where, instance, fault -> fault.action() == action);
  }

  /** What happens on this occasion, counted. */
  Optional<Fault> next(InjectionPoint where, String instance, Predicate<Fault> fits) {
    return next(where, instance, time.instant(), fits);
  }

  /**
   * What happens on an occasion, counted.
   *
   * @param when the occasion is; of a schedule, that is not now
   */
  Optional<Fault> next(InjectionPoint where, String instance, Instant when, Predicate<Fault> fits) {
    return next(concerning(where, instance, when).filter(fits), instance, fault -> instance);
  }

  /** What befalls an invocation; what befalls a function itself does so once for all instances. */
  Optional<Fault> nextOfTask(FaultAction action, String instance, String task) {
    return next(
        concerning(InjectionPoint.TASK, instance, time.instant())
            .filter(fault -> fault.action() == action && fault.occasions().concernTask(task)),
        instance,
        fault -> fault.befallsFunctions() ? "task " + task : instance);
  }

  private Optional<Fault> next(
      Stream<Fault> concerning, String instance, Function<Fault, String> countedBy) {
    Optional<Fault> next =
        concerning
            .filter(fault -> isDrawn(fault, instance))
            .filter(fault -> hasTimesLeft(fault, countedBy.apply(fault)))
            .findFirst();
    next.ifPresent(
        fault -> {
          happened.merge(key(fault, countedBy.apply(fault)), 1, Integer::sum);
          met(fault);
        });
    return next;
  }

  Stream<Fault> concerning(InjectionPoint where, String instance, Instant when) {
    return at(where).stream().filter(fault -> fault.occasions().concern(instance, when));
  }

  private boolean isDrawn(Fault fault, String instance) {
    return fault.occasions().percent().isEmpty()
        || draws(fault, instance).nextInt(100) < fault.occasions().percent().getAsInt();
  }

  private boolean hasTimesLeft(Fault fault, String countedBy) {
    return fault.occasions().times().isEmpty()
        || happened.getOrDefault(key(fault, countedBy), 0) < fault.occasions().times().getAsInt();
  }

  /** One of some values, drawn for a fault that happens. */
  <T> T one(Fault fault, String instance, List<T> of) {
    return of.get(draws(fault, instance).nextInt(of.size()));
  }

  private SplittableRandom draws(Fault fault, String instance) {
    return draws.computeIfAbsent(
        key(fault, instance), any -> Fault.random(seed, fault.number(), instance));
  }

  void met(Fault fault) {
    met.merge(fault.action(), 1, Integer::sum);
  }

  /** How often each kind happened. */
  SortedMap<FaultAction, Integer> met() {
    return Collections.unmodifiableSortedMap(met);
  }

  static String key(Fault fault, String instance) {
    return fault.number() + "/" + instance;
  }
}
