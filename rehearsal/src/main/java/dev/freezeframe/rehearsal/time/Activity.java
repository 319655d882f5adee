package dev.freezeframe.rehearsal.time;

import java.util.concurrent.Semaphore;

/**
 * Code that takes virtual time: a Lambda invocation, a script on a guest.
 *
 * <p>It is blocking code on a thread of its own. Control is handed to and fro, so that it never
 * runs beside anything else.
 */
public final class Activity {
  private final VirtualTime time;
  private final Runnable body;
  private final Thread thread;
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
    this.body = body;
    this.thread = new Thread(this::live, name);
    this.thread.setDaemon(true);
  }

  /** Ends the activity where it is parked; nothing if it has ended. */
  public void kill() {
    if (ended) {
      return;
    }
    killed = true;
    if (wake != null) {
      wake.cancel();
    }
    if (started) {
      resume();
    } else {
      ended = true;
      time.ended(this);
    }
  }

  /** What the one who started it attached, such as who it acts for. */
  public Object context() {
    return context;
  }

  public void attach(Object attached) {
    this.context = attached;
  }

  void wakeAt(VirtualTime.Timer timer) {
    wake = timer;
  }

  /** On the thread of the events: lets this activity run until it parks or ends. */
  void resume() {
    if (ended) {
      return;
    }
    wake = null;
    time.nowRunning(this);
    if (started) {
      turn.release();
    } else {
      started = true;
      thread.start();
    }
    handedBack.acquireUninterruptibly();
    time.nowRunning(null);
    if (ended) {
      time.ended(this);
    }
    if (failure != null) {
      throw new IllegalStateException(
          "the activity %s failed".formatted(thread.getName()), failure);
    }
  }

  /** On the thread of this activity: hands control back until it is resumed. */
  void park() {
    handedBack.release();
    turn.acquireUninterruptibly();
    if (killed) {
      throw new Killed();
    }
  }

  private void live() {
    try {
      if (!killed) {
        body.run();
      }
    } catch (Killed expected) {
      // it was told to end here
    } catch (RuntimeException | Error unexpected) {
      failure = unexpected;
    } finally {
      ended = true;
      handedBack.release();
    }
  }

  /** Thrown where an activity is parked, to end it. */
  public static final class Killed extends Error {
    Killed() {
      super("killed", null, false, false);
    }
  }
}
