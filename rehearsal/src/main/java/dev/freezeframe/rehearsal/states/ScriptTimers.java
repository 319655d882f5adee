package dev.freezeframe.rehearsal.states;

import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** Time and chance, as the scripts see them. */
public final class ScriptTimers {
  private final VirtualTime time;
  private final SplittableRandom random;
  private final Map<Integer, VirtualTime.Timer> timers = new HashMap<>();
  private int last;

  ScriptTimers(VirtualTime time, Seed seed) {
    this.time = time;
    this.random = seed.random("the scripts of Step Functions");
  }

  /** Milliseconds since 1970, a double because that is what a number is there. */
  @HostAccess.Export
  public double now() {
    return time.instant().toEpochMilli();
  }

  @HostAccess.Export
  public double random() {
    return random.nextDouble();
  }

  @HostAccess.Export
  public int after(double milliseconds, Value callback) {
    int id = ++last;
    timers.put(
        id,
        time.after(
            Duration.ofMillis((long) milliseconds),
            () -> {
              timers.remove(id);
              callback.executeVoid();
            }));
    return id;
  }

  @HostAccess.Export
  public void cancel(int id) {
    VirtualTime.Timer timer = timers.remove(id);
    if (timer != null) {
      timer.cancel();
    }
  }
}
