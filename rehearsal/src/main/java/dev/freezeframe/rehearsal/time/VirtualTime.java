package dev.freezeframe.rehearsal.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A clock that moves from event to event.
 *
 * <p>Everything happens on one thread of control. Events run on the thread that called {@link
 * #runUntil}; a {@link Activity} has a thread of its own, but runs only while that one waits for
 * it, from one {@link #pause} to the next. Events of the same instant happen in the order in which
 * they were asked for.
 */
public final class VirtualTime implements InstantSource, AutoCloseable {
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Set<Activity> alive = new LinkedHashSet<>();
  private final AtomicInteger threads = new AtomicInteger();
  private Instant now;
  private long asked;
  private Activity running;

  public VirtualTime(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** This time as a {@link Clock} in UTC. */
  public Clock clock() {
    return withZone(ZoneOffset.UTC);
  }

  /** Has an event happen at an instant, or now if that is past. */
  public Timer at(Instant when, Runnable event) {
    Timer timer = new Timer(when.isBefore(now) ? now : when, asked++, event);
    timers.add(timer);
    return timer;
  }

  public Timer after(Duration delay, Runnable event) {
    return at(now.plus(delay), event);
  }

  /** Starts an activity; its body begins as an event of this instant. */
  public Activity start(String name, Runnable body) {
    Activity activity = new Activity(this, name + "-" + threads.incrementAndGet(), body);
    alive.add(activity);
    at(now, activity::resume);
    return activity;
  }

  /**
   * The activity that is running, which is the one that calls; none on the thread of the events.
   */
  public Activity running() {
    if (running == null) {
      throw new IllegalStateException("expected to be called by an activity, found an event");
    }
    return running;
  }

  /** Parks the calling activity; others run meanwhile. */
  public void pause(Duration duration) {
    Activity activity = running();
    activity.wakeAt(at(now.plus(duration), activity::resume));
    activity.park();
  }

  /**
   * Lets events happen up to an instant, and stands at that instant afterwards.
   *
   * @return whether anything is left to happen later
   */
  public boolean runUntil(Instant end) {
    while (!timers.isEmpty() && !timers.peek().when().isAfter(end)) {
      step();
    }
    if (now.isBefore(end)) {
      now = end;
    }
    return !timers.isEmpty();
  }

  /** Lets events happen until none is left; the clock stands at the last. */
  public void run() {
    while (!timers.isEmpty()) {
      step();
    }
  }

  private void step() {
    Timer timer = timers.poll();
    now = timer.when();
    timer.happen();
  }

  void cancelled(Timer timer) {
    timers.remove(timer);
  }

  void nowRunning(Activity activity) {
    running = activity;
  }

  void ended(Activity activity) {
    alive.remove(activity);
  }

  /** Ends every activity that is still parked, so that no thread outlives a rehearsal. */
  @Override
  public void close() {
    timers.clear();
    for (Activity activity : Set.copyOf(alive)) {
      activity.kill();
    }
    timers.clear();
  }

  /** An event to come. */
  public final class Timer implements Comparable<Timer> {
    private final Instant when;
    private final long order;
    private final Runnable event;

    private Timer(Instant when, long order, Runnable event) {
      this.when = when;
      this.order = order;
      this.event = event;
    }

    Instant when() {
      return when;
    }

    void happen() {
      event.run();
    }

    /** The event will not happen; nothing if it has. */
    public void cancel() {
      cancelled(this);
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = when.compareTo(other.when);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(order);
    }
  }
}
