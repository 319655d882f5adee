package dev.freezeframe.rehearsal.cloud;

import java.time.Duration;

/**
 * The properties of a kind of call.
 *
 * @param action as IAM names it
 * @param bucket the name of the request rate that it counts against; mostly the action
 * @param changes whether it changes anything
 * @param latency from the caller and back; the effect is half-way
 */
public record Operation(String action, String bucket, boolean changes, Duration latency) {

  /** A call that changes nothing. */
  public static Operation read(String action, Duration latency) {
    return new Operation(action, action, false, latency);
  }

  /** A call that changes something. */
  public static Operation change(String action, Duration latency) {
    return new Operation(action, action, true, latency);
  }

  /** The same, against another rate. */
  public Operation against(String otherBucket) {
    return new Operation(action, otherBucket, changes, latency);
  }
}
