package dev.freezeframe.rehearsal.cloud;

import dev.freezeframe.rehearsal.time.VirtualTime;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * The retries of an SDK client around a service, in the SDK's standard mode.
 *
 * <p>Throttles, answers of 500 and above and calls without an answer in time are tried again, after
 * a random part of a delay that doubles from 100 ms (from 1 s after a throttle) up to 20 s.
 */
public final class SdkRetries {
  private static final Duration BASE = Duration.ofMillis(100);
  private static final Duration THROTTLED_BASE = Duration.ofSeconds(1);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(20);

  private final VirtualTime time;
  private final Seed seed;
  private final String client;
  private final int maxAttempts;
  private int retries;

  /**
   * The retries of one client.
   *
   * @param client its name, so that clients draw different delays
   * @param maxAttempts 1: nothing is tried again
   */
  public SdkRetries(VirtualTime time, Seed seed, String client, int maxAttempts) {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "attempts of %s: expected 1 or more, found %d".formatted(client, maxAttempts));
    }
    this.time = time;
    this.seed = seed;
    this.client = client;
    this.maxAttempts = maxAttempts;
  }

  /** Makes a call, and again if it is worth it. */
  public <T> T around(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (AwsServiceException refused) {
        if (attempt == maxAttempts || !worthAnother(refused)) {
          throw refused;
        }
        time.pause(delay(refused.isThrottlingException(), attempt));
      } catch (ApiCallTimeoutException unanswered) {
        // Whether it was carried out is not known; the SDK asks again all the same.
        if (attempt == maxAttempts) {
          throw unanswered;
        }
        time.pause(delay(false, attempt));
      }
    }
  }

  private static boolean worthAnother(AwsServiceException refused) {
    return refused.isThrottlingException() || refused.statusCode() >= 500;
  }

  private Duration delay(boolean throttled, int attempt) {
    Duration base = throttled ? THROTTLED_BASE : BASE;
    Duration doubled = base.multipliedBy(1L << Math.min(attempt - 1, 10));
    Duration most = doubled.compareTo(MAX_BACKOFF) < 0 ? doubled : MAX_BACKOFF;
    String purpose = "retry of %s/%d/%d".formatted(client, maxAttempts, retries++);
    return seed.between(purpose, Duration.ZERO, most);
  }
}
