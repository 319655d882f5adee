package dev.freezeframe.rehearsal.cloud;

import dev.freezeframe.rehearsal.time.VirtualTime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What an SDK client does around a service: it tries again, as the SDK's standard mode does.
 *
 * <p>Throttles and answers of 500 and above are tried again, after a random part of a delay that
 * doubles from 100 ms (from 1 s after a throttle) up to 20 s.
 */
public final class SdkRetries {
  private static final Duration BASE = Duration.ofMillis(100);
  private static final Duration THROTTLED_BASE = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final VirtualTime time;
  private final Seed seed;
  private final String purpose;
  private final int maxAttempts;
  private int retries;

  private SdkRetries(VirtualTime time, Seed seed, String purpose, int maxAttempts) {
    this.time = time;
    this.seed = seed;
    this.purpose = purpose;
    this.maxAttempts = maxAttempts;
  }

  /**
   * A client that tries again.
   *
   * @param client the interface of the client
   * @param service what answers, at the first try
   * @param maxAttempts 1: nothing is tried again
   */
  public static <T> T around(
      Class<T> client, T service, VirtualTime time, Seed seed, int maxAttempts) {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "attempts of %s: expected 1 or more, found %d"
              .formatted(client.getSimpleName(), maxAttempts));
    }
    String purpose = "retries of " + client.getSimpleName() + "/" + maxAttempts;
    SdkRetries retries = new SdkRetries(time, seed, purpose, maxAttempts);
    return client.cast(retries.proxy(client, service));
  }

  private Object proxy(Class<?> client, Object service) {
    return Proxy.newProxyInstance(
        client.getClassLoader(),
        new Class<?>[] {client},
        (proxy, method, arguments) ->
            implemented(service, method)
                ? attempt(service, method, arguments)
                : InvocationHandler.invokeDefault(proxy, method, arguments));
  }

  /** Paginators and the like are the interface's own and come back through the proxy. */
  private static boolean implemented(Object service, Method method) throws NoSuchMethodException {
    return !method.isDefault()
        || !service
            .getClass()
            .getMethod(method.getName(), method.getParameterTypes())
            .getDeclaringClass()
            .isInterface();
  }

  private Object attempt(Object service, Method method, Object... arguments) throws Throwable {
    for (int attempt = 1; ; attempt++) {
      try {
        return method.invoke(service, arguments);
      } catch (InvocationTargetException failed) {
        if (!(failed.getCause() instanceof AwsServiceException refused)
            || attempt == maxAttempts
            || !worthAnother(refused)) {
          throw failed.getCause();
        }
        time.pause(delay(refused, attempt));
      }
    }
  }

  private static boolean worthAnother(AwsServiceException refused) {
    return refused.isThrottlingException() || refused.statusCode() >= 500;
  }

  private Duration delay(AwsServiceException refused, int attempt) {
    Duration base = refused.isThrottlingException() ? THROTTLED_BASE : BASE;
    Duration doubled = base.multipliedBy(1L << Math.min(attempt - 1, 10));
    Duration most = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return seed.between(purpose + "/" + retries++, Duration.ZERO, most);
  }
}
