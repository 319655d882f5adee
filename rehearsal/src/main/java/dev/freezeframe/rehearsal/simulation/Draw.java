package dev.freezeframe.rehearsal.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Draws from one purpose's random numbers. */
final class Draw {
  private final SplittableRandom random;

  Draw(SplittableRandom random) {
    this.random = random;
  }

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** In whole seconds; short ones are as likely as long ones. */
  Duration duration(Duration least, Duration most) {
    double low = Math.log((double) Math.max(1, least.toSeconds()));
    double high = Math.log((double) most.toSeconds());
    return Duration.ofSeconds(Math.round(Math.exp(low + random.nextDouble() * (high - low))));
  }
}
