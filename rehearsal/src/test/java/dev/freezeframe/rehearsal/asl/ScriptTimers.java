package dev.freezeframe.rehearsal.asl;

import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** Time and chance, as the scripts see them. */
public final class ScriptTimers {
  private final DoubleSupplier chance;
  private final Map<Integer, VirtualTime.Timer> timers = new HashMap<>();
  private VirtualTime time;
  private int last;

  ScriptTimers(VirtualTime time, DoubleSupplier chance) {
    this.time = time;
    this.chance = chance;
  }

  /** Goes on by another clock; what was to happen by the one before never does. */
  void follow(VirtualTime next) {
    timers.clear();
    time = next;
  }

  /** Milliseconds since 1970, a double because that is what a number is there. */
  @HostAccess.Export
  public double now() {
    return time.instant().toEpochMilli();
  }

  @HostAccess.Export
  public double random() {
    return chance.getAsDouble();
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
