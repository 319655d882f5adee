package dev.freezeframe.rehearsal.cloud;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Where everything random comes from.
 *
 * <p>A draw belongs to a purpose, such as an instance and the number of its command, so that one
 * draw more elsewhere changes no other.
 */
public record Seed(long value) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** The random numbers of a purpose; the same ones each time. */
  public SplittableRandom random(String purpose) {
    long hash = FNV_OFFSET;
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return new SplittableRandom(hash ^ new SplittableRandom(value).nextLong());
  }

  /** A duration in whole milliseconds, from {@code least} to just under {@code most}. */
  public Duration between(String purpose, Duration least, Duration most) {
    double part = random(purpose).nextDouble();
    return least.plusMillis((long) (part * most.minus(least).toMillis()));
  }

  /** Hexadecimal digits, as ids have them; at most 32. */
  public String hex(String purpose, int digits) {
    SplittableRandom random = random(purpose);
    return "%016x%016x".formatted(random.nextLong(), random.nextLong()).substring(0, digits);
  }

  /** A random UUID, version 4. */
  public UUID uuid(String purpose) {
    SplittableRandom random = random(purpose);
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low);
  }
}
