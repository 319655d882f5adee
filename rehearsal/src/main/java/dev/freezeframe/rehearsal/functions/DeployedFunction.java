package dev.freezeframe.rehearsal.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.rehearsal.cloud.Account;
import java.time.Duration;
import java.time.Instant;

/** A function as it was registered, and how often it was invoked. */
final class DeployedFunction {
  private final String name;
  private final RequestStreamHandler handler;
  private final Duration timeout;
  private final int memoryMb;
  private final Readiness readiness;
  private final Sandboxes sandboxes = new Sandboxes();
  private int invocations;
  private int throttled;

  DeployedFunction(
      String name,
      RequestStreamHandler handler,
      Duration timeout,
      int memoryMb,
      Instant published) {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "function name '%s': expected 1 to 64 letters, digits, hyphens or underscores"
              .formatted(name));
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(15)) > 0) {
      throw new IllegalArgumentException(
          "function %s: expected a time-out of up to 15 minutes, found %s"
              .formatted(name, timeout));
    }
    this.name = name;
    this.handler = handler;
    this.timeout = timeout;
    this.memoryMb = memoryMb;
    this.readiness = new Readiness(published);
  }

  String name() {
    return name;
  }

  String arn() {
    return Account.arn("lambda", "function:" + name);
  }

  RequestStreamHandler handler() {
    return handler;
  }

  Duration timeout() {
    return timeout;
  }

  int memoryMb() {
    return memoryMb;
  }

  Sandboxes sandboxes() {
    return sandboxes;
  }

  Readiness readiness() {
    return readiness;
  }

  /** How often it was refused because too many functions ran. */
  int throttled() {
    return throttled;
  }

  void countThrottle() {
    throttled++;
  }

  int invocations() {
    return invocations;
  }

  /** Counts one more, and says how many there have been. */
  int countInvocation() {
    return ++invocations;
  }
}
