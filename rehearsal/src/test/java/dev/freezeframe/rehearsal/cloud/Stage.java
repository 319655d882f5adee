package dev.freezeframe.rehearsal.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Virtual time and a door, for tests of the services behind it. */
public final class Stage implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-11-22T02:00:00Z");

  public final VirtualTime time = new VirtualTime(START);
  public final Seed seed = new Seed(7);
  public final SimulatedApi api;
  public final List<ObjectNode> events = new ArrayList<>();

  public Stage() {
    this(CallFault.NONE);
  }

  public Stage(CallFault faults) {
    this.api = new SimulatedApi(time, faults, RequestRates.documented());
  }

  /** Runs a body as an activity to its end, and gives what it gives or throws. */
  public <T> T call(Caller caller, Supplier<T> body) {
    AtomicReference<T> answer = new AtomicReference<>();
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    AtomicBoolean done = new AtomicBoolean();
    time.start(
            "test",
            () -> {
              try {
                answer.set(body.get());
              } catch (RuntimeException failed) {
                failure.set(failed);
              }
              done.set(true);
            })
        .attach(caller);
    while (!done.get()) {
      time.runUntil(time.instant().plusMillis(1));
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    return answer.get();
  }

  public <T> T call(Supplier<T> body) {
    return call(Caller.UNNAMED, body);
  }

  /** Lets time pass. */
  public void pass(Duration duration) {
    time.runUntil(time.instant().plus(duration));
  }

  @Override
  public void close() {
    time.close();
  }
}
