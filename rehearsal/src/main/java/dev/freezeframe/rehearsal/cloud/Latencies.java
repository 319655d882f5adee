package dev.freezeframe.rehearsal.cloud;

import java.time.Duration;

/**
 * How long AWS takes for what it does: calls, starts of functions, news, the way to a guest.
 *
 * <p>Each service keeps its own usual figures; this makes them all longer or shorter. What guests
 * and snapshots take is not AWS's latency and stays as it is.
 *
 * @param factor 1 as usual, 0 none at all
 */
public record Latencies(double factor) {
  public static final Latencies USUAL = new Latencies(1);
  public static final Latencies NONE = new Latencies(0);

  public Latencies {
    if (!(factor >= 0 && factor <= 1000)) {
      throw new IllegalArgumentException(
          "latencies: expected a factor from 0 to 1000, found " + factor);
    }
  }

  /** What takes so long as a rule takes so long here, in whole milliseconds. */
  public Duration of(Duration usual) {
    return factor == 1 ? usual : Duration.ofMillis((long) (usual.toMillis() * factor));
  }
}
