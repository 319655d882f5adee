package dev.freezeframe.rehearsal.time;

import java.time.Instant;
import java.util.concurrent.Semaphore;

/**
 * Code that takes virtual time: a Lambda invocation, a script on a guest.
 *
 * <p>It is blocking code on a thread of its own. Control is handed to and fro, so that it never
 * runs beside anything else.
 */
public final class Activity {
  private final VirtualTime time;
  private final String name;
  private final Runnable body;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore handedBack = new Semaphore(0);
  private VirtualTime.Timer wake;
  private boolean started;
  private boolean ended;
  private boolean killed;
  private Throwable failure;
  private Object context;

  Activity(VirtualTime time, String name, Runnable body) {
    this.time = time;
    this.name = name;
    this.body = body;
  }

  /**
   * Ends the activity where it is parked; nothing if it has ended. What it does on its way out, in
   * {@code finally} blocks, takes no time: a pause ends there too.
   */
  public void kill() {
    if (ended) {
      return;
    }
    killed = true;
    if (wake != null) {
      wake.cancel();
      wake = null;
    }
    if (!started) {
      end();
    } else if (time.isRunning(this)) {
      throw new Killed();
    } else {
      resume();
    }
  }

  /** What the one who started it attached, such as who it acts for. */
  public Object context() {
    return context;
  }

  public void attach(Object attached) {
    this.context = attached;
  }

  /** Lets this activity run until it parks or ends; who calls waits meanwhile. */
  void resume() {
    if (ended) {
      return;
    }
    wake = null;
    Activity before = time.handControlTo(this);
    if (started) {
      turn.release();
    } else {
      started = true;
      time.perform(this::live);
    }
    handedBack.acquireUninterruptibly();
    time.handControlTo(before);
    if (failure != null) {
      Throwable reported = failure;
      failure = null;
      throw new IllegalStateException("the activity %s failed".formatted(name), reported);
    }
  }

  /** On the thread of this activity: hands control back until an instant, if it has to. */
  void parkUntil(Instant when) {
    if (killed) {
      throw new Killed();
    }
    if (time.passesUntil(when)) {
      return;
    }
    wake = time.at(when, this::resume);
    handedBack.release();
    turn.acquireUninterruptibly();
    if (killed) {
      throw new Killed();
    }
  }

  private void live() {
    Thread.currentThread().setName(name);
    try {
      body.run();
    } catch (Killed expected) {
      // it was told to end here
    } catch (RuntimeException | Error unexpected) {
      failure = unexpected;
    } finally {
      end();
      handedBack.release();
    }
  }

  private void end() {
    ended = true;
    time.ended(this);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Thrown where an activity is parked, to end it. */
  public static final class Killed extends Error {
    Killed() {
      super("killed", null, false, false);
    }
  }
}
