package dev.freezeframe.rehearsal.asl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Something that can be stopped, with all that it has begun. */
public final class Scope {
  private final Scope parent;
  private final Set<Scope> inner = new LinkedHashSet<>();
  private Runnable whenStopped = () -> {};
  private boolean stopped;

  Scope() {
    this.parent = null;
  }

  private Scope(Scope parent) {
    this.parent = parent;
    this.stopped = parent.stopped;
    parent.inner.add(this);
  }

  Scope inner() {
    return new Scope(this);
  }

  boolean isStopped() {
    return stopped;
  }

  /** What to do if it is stopped; it takes the place of what was to be done before. */
  void whenStopped(Runnable action) {
    whenStopped = action;
  }

  /** It has come to its end: stopping what it is part of does nothing to it any more. */
  void leave() {
    whenStopped = () -> {};
    if (parent != null) {
      parent.inner.remove(this);
    }
  }

  /** Stops it at once; what was asked of other services is abandoned. */
  public void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    whenStopped.run();
    List.copyOf(inner).forEach(Scope::stop);
  }
}
