package dev.freezeframe.rehearsal.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A clock that moves from event to event.
 *
 * <p>Everything happens on one thread of control. Events run on the thread that called {@link
 * #runUntil} or {@link #run}; an {@link Activity} has a thread of its own, but runs only while that
 * one waits for it, from one {@link #pause} to the next. Events of the same instant happen in the
 * order in which they were asked for.
 */
public final class VirtualTime implements InstantSource, AutoCloseable {
  /** Of real time, for an activity that was killed. */
  private static final Duration MAX_END = Duration.ofSeconds(10);

  private final TreeSet<Timer> timers = new TreeSet<>();
  private final Set<Activity> alive = new LinkedHashSet<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ExecutorService pool = Executors.newCachedThreadPool(this::thread);
  private Instant now;
  private Instant limit = Instant.MAX;
  private long asked;
  private int started;
  private boolean happening;
  private boolean closed;
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
    if (!closed) {
      timers.add(timer);
    }
    return timer;
  }

  public Timer after(Duration delay, Runnable event) {
    return at(now.plus(delay), event);
  }

  /** Starts an activity; its body begins as an event of this instant. */
  public Activity start(String name, Runnable body) {
    Activity activity = new Activity(this, name + "-" + ++started, body);
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
    running().parkUntil(now.plus(duration));
  }

  /**
   * Lets events happen up to an instant, and stands at that instant afterwards.
   *
   * @return whether anything is left to happen later
   */
  public boolean runUntil(Instant end) {
    limit = end;
    try {
      while (!timers.isEmpty() && !timers.first().when.isAfter(end)) {
        step();
      }
    } finally {
      limit = Instant.MAX;
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

  /**
   * Lets the next event happen. An activity that goes on in it may pass pauses of its own with it,
   * while nothing else happens in them.
   *
   * @param end no pause is passed that ends later
   * @return false if no event exists
   */
  public boolean next(Instant end) {
    if (timers.isEmpty()) {
      return false;
    }
    limit = end;
    try {
      step();
    } finally {
      limit = Instant.MAX;
    }
    return true;
  }

  private void step() {
    if (happening) {
      throw new IllegalStateException("an event cannot let other events happen: it is one of them");
    }
    Timer timer = timers.pollFirst();
    now = timer.when;
    happening = true;
    try {
      timer.event.run();
    } finally {
      happening = false;
    }
  }

  /**
   * Moves the clock to an instant at once, if nothing happens until then: the activity that waits
   * for it would be the next to go on. That saves two changes of threads for most of its pauses.
   *
   * @return whether it did
   */
  boolean passesUntil(Instant when) {
    boolean passes =
        !when.isAfter(limit) && (timers.isEmpty() || timers.first().when.isAfter(when));
    if (passes && when.isAfter(now)) {
      now = when;
    }
    return passes;
  }

  void perform(Runnable body) {
    pool.execute(body);
  }

  /** Notes who has the control now, and says who had it. */
  Activity handControlTo(Activity activity) {
    Activity before = running;
    running = activity;
    return before;
  }

  boolean isRunning(Activity activity) {
    return running == activity;
  }

  void ended(Activity activity) {
    alive.remove(activity);
  }

  /**
   * Ends every activity that is still parked, so that no thread outlives a rehearsal. Nothing
   * happens afterwards.
   */
  @Override
  public void close() {
    closed = true;
    timers.clear();
    RuntimeException failure = null;
    for (Activity activity : List.copyOf(alive)) {
      try {
        activity.kill();
      } catch (RuntimeException failed) {
        failure = failure == null ? failed : failure;
      }
    }
    pool.shutdown();
    awaitThreads();
    if (failure != null) {
      throw failure;
    }
  }

  private Thread thread(Runnable body) {
    Thread thread = new Thread(body);
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  private void awaitThreads() {
    try {
      for (Thread thread : threads) {
        thread.join(MAX_END.toMillis());
        if (thread.isAlive()) {
          throw new IllegalStateException(
              "expected the activity %s to end when it was killed, found it running"
                  .formatted(thread.getName()));
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
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

    /** The event will not happen; nothing if it has. */
    public void cancel() {
      timers.remove(this);
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
